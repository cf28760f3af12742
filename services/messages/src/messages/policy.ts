import { ChatError } from '@chatapp/protocol'
import { forbidden, isModerator } from '../conversations/policy.ts'
import type { ConversationRow, MessageRow, ParticipantRow } from '../db/schema.ts'

interface Act {
  conversation: ConversationRow
  me: ParticipantRow
}

export function assertMayUnsend({ conversation, me }: Act, message: MessageRow): void {
  if (message.kind === 'system') throw forbidden('A system message stays.')
  if (message.sender_id === me.user_id) return
  if (conversation.kind === 'direct' || !isModerator(me)) {
    throw forbidden('Only its sender, an owner or an admin unsends a message.')
  }
}

export function assertMayEdit({ me }: Pick<Act, 'me'>, message: MessageRow): void {
  if (message.kind === 'system' || message.sender_id !== me.user_id) {
    throw forbidden('Only its author edits a message.')
  }
  assertNotUnsent(message)
}

export function assertMayReact(message: MessageRow): void {
  if (message.kind === 'system')
    throw new ChatError('conflict', 'A system message takes no reactions.')
  assertNotUnsent(message)
}

function assertNotUnsent(message: MessageRow): void {
  if (message.unsent_at) throw new ChatError('conflict', 'The message has been unsent.')
}
