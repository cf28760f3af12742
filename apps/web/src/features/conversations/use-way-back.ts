import { useEffect, useRef } from 'react'

const TRIES = 10

/**
 * On a small screen the list takes the place of the conversation that one leaves: the keyboard goes
 * on at its row, unless it is somewhere already.
 */
export function useWayBack(currentId: string | null, isPage: boolean): void {
  const before = useRef(currentId)
  useEffect(() => {
    const left = before.current
    before.current = currentId
    if (!isPage || currentId !== null || left === null) return
    return focusWhenThere(left)
  }, [currentId, isPage])
}

/** The rows come a few frames after the list does. Returns what gives up. */
function focusWhenThere(id: string, tries = TRIES): () => void {
  let frame = requestAnimationFrame(() => look(tries))
  function look(left: number) {
    const isFree = document.activeElement === document.body
    const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a`)
    if (isFree && row?.checkVisibility()) row.focus({ preventScroll: true })
    else if (left > 0) frame = requestAnimationFrame(() => look(left - 1))
  }
  return () => cancelAnimationFrame(frame)
}
