import { useEffect, useRef } from 'react'

/** After sending, one wants to see what was sent. */
export function useOwnSent(newestClientId: string | undefined, onSent: () => void): void {
  const known = useRef(newestClientId)
  useEffect(() => {
    if (newestClientId !== undefined && known.current !== newestClientId) onSent()
    known.current = newestClientId
  })
}
