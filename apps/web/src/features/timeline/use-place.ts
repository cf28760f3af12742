import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { follow, jumpTo } from '../../lib/chat/history.ts'
import type { Timeline } from '../../lib/chat/state.ts'
import { type Row, rowAt } from './rows.ts'

export type List = RefObject<VirtualizerHandle | null>
type Goal = { to: 'unread' | 'newest' } | { to: 'message'; position: number }

interface PlaceFacts {
  conversationId: string
  timeline: Timeline
  rows: Row[]
  /** To be shown, as a link asked. */
  position: number | undefined
}

const AT_END_PX = 40
const AT_TOP_PX = 80
/** So much of what was read before stays in sight above the divider. */
const ABOVE_DIVIDER_PX = 96
const SETTLING_MS = 250
const MARK_LASTS_MS = 2_000

/** Where the list stands: at its end, at the first unread message, or where one has jumped to. */
export function usePlace(list: List, { conversationId, timeline, rows, position }: PlaceFacts) {
  const [goal, setGoal] = useState<Goal | null>(() => goalOf(position))
  const [isPlaced, setIsPlaced] = useState(false)
  const isSettled = useSettled(isPlaced && !goal)
  const [isAtTop, setIsAtTop] = useState(false)
  const [marked, mark] = useMark()
  const end = useEnd(conversationId)
  const isReady = timeline.status === 'ready'
  /** Whether a page has come since the goal was set: what it lacks will not come. */
  const isLoaded = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: for every new link, not at first
  useEffect(() => {
    if (isPlaced && position !== undefined) setGoal(goalOf(position))
  }, [position])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every goal, as soon as it is here
  useLayoutEffect(() => {
    const handle = list.current
    if (!isReady) isLoaded.current = true
    if (!goal || !isReady || !handle || !(isLoaded.current || holds(timeline, goal))) return
    end.ref.current = !place(handle, rows, goal)
    if (goal.to === 'message') mark(goal.position)
    isLoaded.current = false
    setGoal(null)
    // Measured by then; before, one would see it jump.
    afterFrames(() => setIsPlaced(true))
  }, [goal, isReady, rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it stands still
  useEffect(() => {
    if (isSettled && list.current) end.set(belowOf(list.current) < AT_END_PX)
  }, [isSettled])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are other rows
  useLayoutEffect(stickToEnd, [rows])

  function stickToEnd() {
    if (!goal && end.ref.current && timeline.after === null) list.current?.scrollTo(FAR_PX)
  }
  function onScroll() {
    if (!list.current || !isSettled) return
    end.set(belowOf(list.current) < AT_END_PX)
    setIsAtTop(list.current.scrollOffset < AT_TOP_PX)
  }
  function jump(to: number | 'newest') {
    void jumpTo(conversationId, to)
    setGoal(to === 'newest' ? { to } : { to: 'message', position: to })
    if (to === 'newest') end.set(true)
  }
  function hold() {
    end.ref.current = false
  }
  const { isAtEnd } = end
  return {
    isPlaced,
    isSettled,
    isAtEnd,
    isAtTop,
    marked,
    jump,
    hold,
    onScroll,
    onResize: stickToEnd,
  }
}

/** More than any list is long: browsers stop at the end. */
const FAR_PX = 1e9

export function belowOf({ scrollSize, viewportSize, scrollOffset }: VirtualizerHandle): number {
  return scrollSize - viewportSize - scrollOffset
}

function goalOf(position: number | undefined): Goal {
  return position === undefined ? { to: 'unread' } : { to: 'message', position }
}

/** False when the list is at its end now. */
function place(handle: VirtualizerHandle, rows: Row[], goal: Goal): boolean {
  const index =
    goal.to === 'message'
      ? rowAt(rows, goal.position)
      : rows.findIndex(({ kind }) => kind === goal.to)
  if (index < 0) handle.scrollToIndex(rows.length - 1, { align: 'end' })
  else if (goal.to === 'message') handle.scrollToIndex(index, { align: 'center' })
  else handle.scrollToIndex(index, { align: 'start', offset: -ABOVE_DIVIDER_PX })
  return index >= 0
}

/** What was loaded before may be another stretch than the one that was asked for. */
function holds({ messages, before, after, unreadFrom }: Timeline, goal: Goal): boolean {
  const position = goal.to === 'message' ? goal.position : goal.to === 'unread' ? unreadFrom : null
  if (position === null) return after === null
  const isAfterStart = before === null || position >= (messages[0]?.position ?? 0)
  return isAfterStart && (after === null || position <= (messages.at(-1)?.position ?? 0))
}

function afterFrames(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then))
}

/** Kept twice: for what follows a change at once, and for what is shown. */
function useEnd(conversationId: string) {
  const ref = useRef(true)
  const [isAtEnd, setIsAtEnd] = useState(true)
  useEffect(() => follow(conversationId, ref.current), [conversationId])
  function set(next: boolean) {
    ref.current = next
    setIsAtEnd(next)
    follow(conversationId, next)
  }
  return { ref, isAtEnd, set }
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
