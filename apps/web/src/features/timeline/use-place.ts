import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { jumpTo } from '../../lib/chat/history.ts'
import type { Timeline } from '../../lib/chat/state.ts'
import { useSearches } from '../../lib/shell/searches.ts'
import { type Goal, goalOf, goTo, holds } from './goal.ts'
import { belowOf, type List } from './list.ts'
import type { Row } from './rows.ts'
import { FAR_PX, useEnd, useStickToEnd } from './use-end.ts'
import { useHands } from './use-hands.ts'

interface PlaceFacts {
  conversationId: string
  timeline: Timeline
  rows: Row[]
  /** To be shown, as a link asked. */
  position: number | undefined
}

const AT_END_PX = 40
const AT_TOP_PX = 80
const SETTLING_MS = 250
const MARK_LASTS_MS = 2_000

/** Where the list stands: at its end, at the first unread message, or where one has jumped to. */
export function usePlace(list: List, { conversationId, timeline, rows, position }: PlaceFacts) {
  const [goal, setGoal] = useState<Goal | null>(() => goalOf(position))
  const [isPlaced, setIsPlaced] = useState(false)
  const isSettled = useSettled(isPlaced && !goal)
  const [isAtTop, setIsAtTop] = useState(false)
  const [marked, mark] = useMark()
  const end = useEnd(conversationId, isPlaced)
  const onResize = useStickToEnd(list, rows, () => {
    return !goal && end.ref.current && timeline.after === null
  })
  const isReady = timeline.status === 'ready'
  /** Whether a page has come since the goal was set: what it lacks will not come. */
  const isLoaded = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: for every new link, not at first
  useEffect(() => {
    if (isPlaced && position !== undefined) setGoal(goalOf(position))
  }, [position])
  useShownAgain(position, (to) => isPlaced && jump(to))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every goal, as soon as it is here
  useLayoutEffect(() => {
    const handle = list.current
    if (!isReady) isLoaded.current = true
    if (!goal || !isReady || !handle || !(isLoaded.current || holds(timeline, goal))) return
    end.ref.current = !goTo(goal, handle, rows)
    if (goal.to === 'message') mark(goal.position)
    isLoaded.current = false
    setGoal(null)
    // Measured by then; before, one would see it jump.
    afterFrames(() => {
      setIsPlaced(true)
      // A way to a message may still be under way.
      if (goal.to === 'message') return
      end.ref.current ||= timeline.after === null && belowOf(handle) < AT_END_PX
    })
  }, [goal, isReady, rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it stands still
  useEffect(() => {
    if (isSettled && list.current) look(list.current)
  }, [isSettled])

  const { handlers, hasMoved, isTaken } = useHands(isPlaced && !isSettled, () => {
    end.ref.current = false
  })
  function onScroll() {
    const handle = list.current
    if (handle && isSettled) look(handle)
    else if (handle && isTaken.current) stay(handle)
  }
  function look(handle: VirtualizerHandle) {
    const isLeft = hasMoved(handle)
    setIsAtTop(handle.scrollOffset < AT_TOP_PX)
    if (belowOf(handle) < AT_END_PX) end.set(timeline.after === null)
    else if (isLeft || !end.ref.current) end.set(false)
    // Rows or the window have taken another size, and nobody has gone anywhere.
    else handle.scrollTo(FAR_PX)
  }
  function jump(to: number | 'newest') {
    void jumpTo(conversationId, to)
    setGoal(to === 'newest' ? { to } : { to: 'message', position: to })
    if (to === 'newest') end.set(true)
  }
  function hold() {
    end.ref.current = false
    if (list.current) stay(list.current)
  }
  const { isAtEnd } = end
  return {
    ...{ isPlaced, isSettled, isAtEnd, isAtTop, marked },
    ...{ jump, hold, onScroll, onResize, handlers },
  }
}

/** The same message is opened once more from what a search has found. */
function useShownAgain(position: number | undefined, show: (position: number) => void) {
  const shown = useSearches((state) => state.shown)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever one is opened
  useEffect(() => {
    const { found } = useSearches.getState()
    if (position !== undefined && found?.position === position) show(position)
  }, [shown])
}

/** A way that is still being measured would go on, and take back whoever scrolls meanwhile. */
function stay(handle: VirtualizerHandle): void {
  handle.scrollTo(handle.scrollOffset)
}

function afterFrames(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then))
}

/** The list goes on measuring for a moment after it was placed; pages would lead it astray then. */
function useSettled(isPlaced: boolean): boolean {
  const [isSettled, setIsSettled] = useState(false)
  useEffect(() => {
    if (!isPlaced) return setIsSettled(false)
    const timer = setTimeout(() => setIsSettled(true), SETTLING_MS)
    return () => clearTimeout(timer)
  }, [isPlaced])
  return isSettled
}

/** The message that one has jumped to, for a moment. */
function useMark() {
  const [marked, mark] = useState<number | null>(null)
  useEffect(() => {
    if (marked === null) return
    const timer = setTimeout(() => mark(null), MARK_LASTS_MS)
    return () => clearTimeout(timer)
  }, [marked])
  return [marked, mark] as const
}
