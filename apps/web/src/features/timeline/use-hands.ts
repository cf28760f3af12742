import { type PointerEvent, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'

/** So long after the last touch what moves is moved by it. */
const TOUCH_LASTS_MS = 1_000

/**
 * Tells who moves the list: a person, or its rows and the window that take other sizes. `isTaken`:
 * somebody went on by hand while it was still being placed.
 */
export function useHands(isPlacing: boolean, onTake: () => void) {
  const known = useRef({ touchedAt: Number.NEGATIVE_INFINITY, offset: 0, size: 0 })
  const isTaken = useRef(false)
  function touch() {
    known.current.touchedAt = performance.now()
    if (!isPlacing) return
    isTaken.current = true
    onTake()
  }
  const handlers = {
    onWheel: touch,
    onTouchMove: touch,
    onKeyDownCapture: touch,
    // The scroll bar is the list's own, everything else belongs to a message.
    onPointerDown: ({ target, currentTarget }: PointerEvent) => target === currentTarget && touch(),
  }
  /** Since it was asked last. Without a touch (a bar that is dragged on) by how far it went up. */
  function hasMoved({ scrollOffset, scrollSize }: VirtualizerHandle): boolean {
    const { touchedAt, offset, size } = known.current
    isTaken.current = false
    known.current = { touchedAt, offset: scrollOffset, size: scrollSize }
    const shrunk = Math.max(0, size - scrollSize)
    return performance.now() - touchedAt < TOUCH_LASTS_MS || offset - scrollOffset > shrunk + 1
  }
  return { handlers, hasMoved, isTaken }
}
