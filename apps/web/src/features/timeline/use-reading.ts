import { useEffect, useLayoutEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { markRead } from '../../lib/chat/actions.ts'
import { readUpTo } from '../../lib/chat/conversations.ts'
import { setUnreadFrom } from '../../lib/chat/history.ts'
import { isLookedAt } from '../../lib/chat/seen.ts'
import type { Timeline } from '../../lib/chat/state.ts'
import { chat } from '../../lib/chat/store.ts'
import type { List } from './list.ts'
import { positionUpTo, type Row } from './rows.ts'

interface ReadingFacts {
  conversationId: string
  timeline: Timeline
  rows: Row[]
  isPlaced: boolean
  isAtEnd: boolean
}

/** Read is what has been displayed while the window had the focus. */
export function useReading(list: List, facts: ReadingFacts) {
  const { conversationId, rows, isPlaced, timeline } = facts
  function read() {
    const handle = list.current
    if (!handle || !isPlaced || timeline.status !== 'ready' || !isLookedAt()) return
    const position = positionUpTo(rows, lastShown(handle))
    if (position !== null) markRead(conversationId, position)
  }
  const latest = useRef(read)
  latest.current = read
  useDivider(facts)
  useFollowed(facts)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever others may be in sight
  useEffect(() => {
    // Measured by then.
    const frame = requestAnimationFrame(() => latest.current())
    return () => cancelAnimationFrame(frame)
  }, [rows, isPlaced, timeline.status])
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('focus', () => latest.current(), { signal })
    document.addEventListener('visibilitychange', () => latest.current(), { signal })
    return () => listening.abort()
  }, [])
  return read
}

/** Whoever comes to the end has the newest in sight at once; what comes after it is read as it comes. */
function useFollowed({ conversationId, timeline, isPlaced, isAtEnd }: ReadingFacts) {
  const position = timeline.after === null ? timeline.messages.at(-1)?.position : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every newest message
  useLayoutEffect(() => {
    if (position === undefined || !isPlaced || !isAtEnd || !isLookedAt()) return
    markRead(conversationId, position)
  }, [position])
}

/** What comes while nobody looks gets the divider, once what had it before is read. */
function useDivider({ conversationId, timeline, isAtEnd, isPlaced }: ReadingFacts) {
  const newest = timeline.after === null ? (timeline.messages.at(-1) ?? null) : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every newest message
  useEffect(() => {
    const { self, conversations } = chat.getState()
    const me = conversations[conversationId]?.me
    const read = me && readUpTo(me)
    if (!newest || !isPlaced || read === undefined || newest.senderId === self?.id) return
    if ((isAtEnd && isLookedAt()) || newest.position <= read) return
    if (timeline.unreadFrom === null || timeline.unreadFrom <= read) {
      setUnreadFrom(conversationId, read + 1)
    }
  }, [newest?.position])
}

/** The last row that is shown to its end, or fills the list. */
function lastShown(handle: VirtualizerHandle): number {
  const { scrollOffset, viewportSize } = handle
  const bottom = scrollOffset + viewportSize
  const last = handle.findItemIndex(bottom - 1)
  const end = handle.getItemOffset(last) + handle.getItemSize(last)
  const isWhole = end <= bottom + SLACK_PX || handle.getItemOffset(last) <= scrollOffset
  return isWhole ? last : last - 1
}

const SLACK_PX = 12
