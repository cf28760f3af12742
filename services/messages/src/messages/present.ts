import type { Message, SystemMessage, TextMessage } from '@chatapp/protocol'
import type { MessageRow } from '../db/schema.ts'
import { fromStoredMentions } from './mentions.ts'
import { encodeMessageId } from './message-id.ts'

/** A message as members see it; replies to what lies at or below `floor` show no quote. */
export function presentMessage(row: MessageRow, floor = 0): Message {
  return row.kind === 'system' ? presentSystemMessage(row) : presentTextMessage(row, floor)
}

export function presentTextMessage(row: MessageRow, floor = 0): TextMessage {
  const { conversation_id: conversationId, reply_to: replyTo } = row
  return {
    ...presentEnvelope(row),
    kind: 'text',
    data: row.body,
    replyTo: replyTo !== null && replyTo > floor ? encodeMessageId(conversationId, replyTo) : null,
  }
}

export function presentSystemMessage(row: MessageRow): SystemMessage {
  if (!row.event)
    throw new Error(`system message ${row.conversation_id}/${row.position} has no event`)
  return { ...presentEnvelope(row), kind: 'system', event: row.event }
}

function presentEnvelope(row: MessageRow) {
  return {
    id: encodeMessageId(row.conversation_id, row.position),
    conversationId: row.conversation_id,
    position: row.position,
    version: row.version,
    senderId: row.sender_id,
    clientId: row.client_id,
    replyTo: null,
    ...fromStoredMentions(row.mentions),
    reactions: row.reactions ?? [],
    sentAt: row.sent_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    unsentAt: row.unsent_at?.toISOString() ?? null,
  }
}
