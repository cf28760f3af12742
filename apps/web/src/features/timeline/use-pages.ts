import type { Message } from '@chatapp/protocol'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { loadNewer, loadOlder } from '../../lib/chat/history.ts'
import type { Timeline } from '../../lib/chat/state.ts'
import { belowOf, type List } from './list.ts'

const NEAR_END_PX = 1_200

interface PageFacts {
  conversationId: string
  timeline: Timeline
  isSettled: boolean
}

/** Loads on at the end that one comes near to. */
export function usePages(list: List, { conversationId, timeline, isSettled }: PageFacts) {
  const { before, after, status, busy } = timeline
  function loadNear() {
    const handle = list.current
    if (!handle || !isSettled || status !== 'ready' || busy) return
    if (before !== null && handle.scrollOffset < NEAR_END_PX) void loadOlder(conversationId)
    else if (after !== null && belowOf(handle) < NEAR_END_PX) void loadNewer(conversationId)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every page: it may have been short
  useEffect(loadNear, [isSettled, before, after, status, busy])
  return loadNear
}

/** Another number for every stretch of messages that has nothing in common with the one before. */
export function useStretch({ messages }: Timeline): number {
  const known = useRef({ messages, stretch: 0 })
  const { messages: before, stretch } = known.current
  const isSame = before === messages || before.length === 0 || overlaps(before, messages)
  const next = isSame ? stretch : stretch + 1
  useLayoutEffect(() => {
    known.current = { messages, stretch: next }
  }, [messages, next])
  return next
}

function overlaps(a: Message[], b: Message[]): boolean {
  const last = (messages: Message[]) => messages.at(-1)?.position ?? 0
  const first = (messages: Message[]) => messages[0]?.position ?? 0
  return first(b) <= last(a) && first(a) <= last(b)
}

/** Whether this render puts messages before the first one, or drops some there. */
export function useShift({ messages }: Timeline): boolean {
  const known = useRef(messages)
  const first = known.current[0]?.position ?? 0
  const nextFirst = messages[0]?.position ?? 0
  const isSameStretch = overlaps(known.current, messages)
  useLayoutEffect(() => {
    known.current = messages
  }, [messages])
  return isSameStretch && nextFirst !== first
}
