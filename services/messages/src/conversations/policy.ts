import { ChatError } from '@chatapp/protocol'
import type { ConversationRow, ParticipantRow } from '../db/schema.ts'

/** One answer for what is not there and what is not yours to know. */
export function notFound(): ChatError {
  return new ChatError('not-found', 'There is no such conversation, or you are not a member of it.')
}

export function forbidden(why: string): ChatError {
  return new ChatError('forbidden', why)
}

export const isLobby = (conversation: ConversationRow) => conversation.direct_key === LOBBY_KEY
export const LOBBY_KEY = 'lobby'

export const isModerator = (me: ParticipantRow) => me.role === 'owner' || me.role === 'admin'

/** The highest position that is hidden from this member; 0 hides nothing. */
export function hiddenUpTo(
  conversation: Pick<ConversationRow, 'history'>,
  me: Pick<ParticipantRow, 'joined_position'>,
): number {
  return conversation.history === 'since-joined' ? me.joined_position : 0
}

export function assertMayChangeSettings(conversation: ConversationRow, me: ParticipantRow): void {
  if (conversation.kind === 'direct')
    throw forbidden('A direct conversation has no title and no policies.')
  if (!isModerator(me)) throw forbidden('Only owners and admins change title and policies.')
}
