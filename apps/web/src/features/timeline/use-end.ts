import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { follow } from '../../lib/chat/history.ts'
import { belowOf, type List } from './list.ts'
import type { Row } from './rows.ts'

/** More than any list is long: browsers stop at the end. */
export const FAR_PX = 1e9

/** Whether the list is at its end. Kept twice: for what follows a change at once, and for what is shown. */
export function useEnd(conversationId: string, isPlaced: boolean) {
  const ref = useRef(true)
  const [isAtEnd, setIsAtEnd] = useState(true)
  useEffect(() => follow(conversationId, isPlaced && ref.current), [conversationId, isPlaced])
  function set(next: boolean) {
    ref.current = next
    setIsAtEnd(next)
    follow(conversationId, isPlaced && next)
  }
  return { ref, isAtEnd, set }
}

/**
 * Keeps the end in sight while that is wanted. Returns what is to be called when rows were measured:
 * within the same frame, so to scroll before would lay everything out once more.
 */
export function useStickToEnd(list: List, rows: Row[], isWanted: () => boolean): () => void {
  const isDue = useRef(false)
  function stick() {
    isDue.current = false
    if (isWanted()) list.current?.scrollTo(FAR_PX)
  }
  const late = useRef(stickLate)
  late.current = stickLate
  function stickLate() {
    if (isDue.current && list.current && belowOf(list.current) > 0) stick()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are other rows
  useLayoutEffect(() => {
    isDue.current = true
    // Rows too far away to be mounted are not measured.
    const frame = requestAnimationFrame(() => late.current())
    return () => cancelAnimationFrame(frame)
  }, [rows])
  return stick
}
