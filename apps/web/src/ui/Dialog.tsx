import { lazy, Suspense } from 'react'
import type { DialogProps } from './DialogBody.tsx'

const Body = lazy(async () => ({ default: (await import('./DialogBody.tsx')).DialogBody }))

/**
 * Keeps the focus inside while open and gives it back afterwards; Esc closes. The focus begins at
 * what has `data-first-focus`. What it takes is fetched when the first one opens.
 */
export function Dialog({ isOpen, ...props }: DialogProps & { isOpen: boolean }) {
  if (!isOpen) return null
  return (
    <Suspense>
      <Body {...props} />
    </Suspense>
  )
}
