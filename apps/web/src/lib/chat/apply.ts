import type { LiveEvent, LiveEventOf, LogChange, OutboxItem } from '@chatapp/sdk'
import {
  withChangedLast,
  withConversation,
  withNewest,
  withOwnReceipt,
  withOwnSettings,
  withoutConversation,
  withSettings,
} from './conversations.ts'
import { withOtherDraft } from './drafts.ts'
import { hidesReads, withCursor, withParticipants, withReceipt } from './members.ts'
import { withAck, withOutbox } from './pending.ts'
import { withChangedQuote } from './quoted.ts'
import { withoutTyping, withPresence, withTyping } from './signals.ts'
import { type ChatState, put } from './state.ts'
import { withChange } from './timeline.ts'

/** What the connection tells, with the outbox as it was then. */
export type ChatEvent =
  | Exclude<LiveEvent, { type: 'outbox' }>
  | { type: 'outbox'; items: OutboxItem[] }
type EventOf<T extends ChatEvent['type']> = Extract<ChatEvent, { type: T }>

type Reducers = {
  [T in ChatEvent['type']]: (state: ChatState, event: EventOf<T>, now: number) => ChatState
}

/** The state after an event. */
export function applyEvent(state: ChatState, event: ChatEvent, now: number): ChatState {
  // The reducer is chosen by the event's own type.
  const reduce = reducers[event.type] as (s: ChatState, e: ChatEvent, now: number) => ChatState
  return reduce(state, event, now)
}

const reducers: Reducers = {
  message: added,
  edited: changed,
  unsent: changed,
  reaction: changed,
  conversation: (state, event) => withTimelineChange(withSettings(state, event), event),
  participant: withParticipants,
  joined: (state, { conversation }) => begun(state, conversation.id, conversation),
  reset: (state, { conversation, conversationId }) => begun(state, conversationId, conversation),
  left: (state, { conversationId }) => withoutConversation(state, conversationId),
  receipt: (state, event) =>
    event.userId === state.self?.id
      ? withOwnReceipt(withReceipt(state, event), event)
      : withReceipt(state, event),
  typing: withTyping,
  draft: withOtherDraft,
  own: withOwnSettings,
  self: (state, { user }) => ({ ...state, self: user }),
  presence: withPresence,
  state: (state, event) => ({
    ...state,
    connection: event.state,
    loaded: event.state.kind === 'online' ? 'live' : state.loaded,
  }),
  ack: withAck,
  sendFailed: (state) => state,
  outbox: (state, { items }) => withOutbox(state, items),
}

function added(state: ChatState, event: LiveEventOf<'message'>): ChatState {
  const { conversationId, message } = event
  const { senderId, position } = message
  const noted = withNewest(withTimelineChange(state, event), event)
  if (message.kind === 'system') return noted
  const quiet = withoutTyping(noted, conversationId, senderId)
  const told = event.impliesRead && !hidesReads(state.self) ? 'read' : 'delivered'
  return withCursor(quiet, { conversationId, userId: senderId, position }, told)
}

function changed(
  state: ChatState,
  event: LiveEventOf<'edited' | 'unsent' | 'reaction'>,
): ChatState {
  return withChangedLast(withChangedQuote(withTimelineChange(state, event), event), event)
}

function withTimelineChange(state: ChatState, change: LogChange): ChatState {
  const { conversationId } = change
  const timeline = state.timelines[conversationId]
  if (!timeline) return state
  return { ...state, timelines: put(state.timelines, conversationId, withChange(timeline, change)) }
}

/** What was loaded before is as things are only when nothing has happened since. */
function begun(
  state: ChatState,
  id: string,
  conversation: LiveEventOf<'joined'>['conversation'],
): ChatState {
  const isAsKnown = state.conversations[id]?.version === conversation.version
  const next = withConversation(state, conversation)
  if (isAsKnown) return next
  const timeline = next.timelines[id]
  if (!timeline) return { ...next, quoted: {} }
  const stale = { ...timeline, status: 'stale' as const, busy: null, missed: [] }
  return { ...next, timelines: put(next.timelines, id, stale), quoted: {} }
}
