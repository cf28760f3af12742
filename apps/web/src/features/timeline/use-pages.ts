import { useEffect, useLayoutEffect, useRef } from 'react'
import { loadNewer, loadOlder } from '../../lib/chat/history.ts'
import type { Timeline } from '../../lib/chat/state.ts'
import { belowOf, type List } from './use-place.ts'

const NEAR_END_PX = 1_200

interface PageFacts {
  conversationId: string
  timeline: Timeline
  isPlaced: boolean
}

/** Loads on at the end that one comes near to. */
export function usePages(list: List, { conversationId, timeline, isPlaced }: PageFacts) {
  const { before, after, status, busy } = timeline
  function loadNear() {
    const handle = list.current
    if (!handle || !isPlaced || status !== 'ready' || busy) return
    if (before !== null && handle.scrollOffset < NEAR_END_PX) void loadOlder(conversationId)
    else if (after !== null && belowOf(handle) < NEAR_END_PX) void loadNewer(conversationId)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every page: it may have been short
  useEffect(loadNear, [isPlaced, before, after, status])
  return loadNear
}

/** Whether this render puts messages before the first one, or drops some there. */
export function useShift({ messages }: Timeline): boolean {
  const known = useRef(messages)
  const first = known.current[0]?.position ?? 0
  const nextFirst = messages[0]?.position ?? 0
  const last = known.current.at(-1)?.position ?? 0
  const isSameStretch = nextFirst <= last && (messages.at(-1)?.position ?? 0) >= first
  useLayoutEffect(() => {
    known.current = messages
  }, [messages])
  return isSameStretch && nextFirst !== first
}
