import type { LiveEventOf } from '@chatapp/sdk'
import { type ChatState, put, without } from './state.ts'

/** Others repeat it every three seconds while they type. */
export const TYPING_LASTS_MS = 6_000

export function withTyping(
  state: ChatState,
  { conversationId, userId }: LiveEventOf<'typing'>,
  now: number,
): ChatState {
  if (userId === state.self?.id) return state
  const typing = put(state.typing[conversationId] ?? {}, userId, now + TYPING_LASTS_MS)
  return { ...state, typing: put(state.typing, conversationId, typing) }
}

/** Gone at once when the message arrives. */
export function withoutTyping(state: ChatState, conversationId: string, userId: string): ChatState {
  const typing = state.typing[conversationId]
  if (!typing || !(userId in typing)) return state
  return { ...state, typing: put(state.typing, conversationId, without(typing, userId)) }
}

export function withoutExpiredTyping(state: ChatState, now: number): ChatState {
  let next = state
  for (const [conversationId, typing] of Object.entries(state.typing)) {
    for (const [userId, until] of Object.entries(typing)) {
      if (until <= now) next = withoutTyping(next, conversationId, userId)
    }
  }
  return next
}

export function withPresence(state: ChatState, event: LiveEventOf<'presence'>): ChatState {
  return { ...state, presence: put(state.presence, event.userId, event.state) }
}
