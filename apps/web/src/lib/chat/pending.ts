import type { TextMessage } from '@chatapp/protocol'
import type { LiveEventOf, OutboxItem } from '@chatapp/sdk'
import { withNewest } from './conversations.ts'
import { type ChatState, put } from './state.ts'
import { withChange } from './timeline.ts'

/** The outbox as it is now, by conversation; lists that did not change stay the same ones. */
export function withOutbox(state: ChatState, items: OutboxItem[]): ChatState {
  const grouped = Object.groupBy(items, ({ conversationId }) => conversationId)
  const pending: Record<string, OutboxItem[]> = {}
  for (const [id, list] of Object.entries(grouped)) {
    const before = state.pending[id]
    if (list) pending[id] = before && isSame(before, list) ? before : list
  }
  return { ...state, pending }
}

/** Turns the waiting message into a sent one in one step, so that nothing flickers. */
export function withAck(state: ChatState, ack: LiveEventOf<'ack'>): ChatState {
  const { conversationId, clientId } = ack
  const waiting = state.pending[conversationId] ?? []
  const item = waiting.find((other) => other.clientId === clientId)
  if (!item || !state.self) return state
  const rest = waiting.filter((other) => other !== item)
  const next = { ...state, pending: put(state.pending, conversationId, rest) }
  return withSent(next, sentMessage(item, ack, state.self.id))
}

function withSent(state: ChatState, message: TextMessage): ChatState {
  const { conversationId } = message
  const timeline = state.timelines[conversationId]
  const version = state.conversations[conversationId]?.version ?? message.version
  const added = {
    ...({ type: 'message', source: 'live', senderName: null, impliesRead: true } as const),
    ...{ conversationId, version, message },
  }
  const shown = timeline
    ? { ...state, timelines: put(state.timelines, conversationId, withChange(timeline, added)) }
    : state
  return withNewest(shown, added)
}

function sentMessage(
  { clientId, conversationId, data, replyTo }: OutboxItem,
  { messageId: id, position, version, sentAt }: LiveEventOf<'ack'>,
  senderId: string,
): TextMessage {
  return {
    ...{ id, conversationId, position, version, clientId, senderId, data, replyTo, sentAt },
    kind: 'text',
    mentions: [],
    reactions: [],
    editedAt: null,
    unsentAt: null,
  }
}

function isSame(before: OutboxItem[], now: OutboxItem[]): boolean {
  return (
    before.length === now.length &&
    before.every((item, index) => {
      const other = now[index]
      return item.clientId === other?.clientId && item.state.kind === other.state.kind
    })
  )
}
