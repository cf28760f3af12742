import { ChatError, type Role } from '@chatapp/protocol'
import { forbidden, isLobby, isModerator } from '../conversations/policy.ts'
import type { ConversationRow, ParticipantRow } from '../db/schema.ts'

export function assertMayAdd(conversation: ConversationRow, me: ParticipantRow): void {
  if (conversation.kind === 'direct')
    throw forbidden('A direct conversation has exactly two people.')
  if (conversation.invites === 'admins' && !isModerator(me)) {
    throw forbidden('In this group only owners and admins add people.')
  }
}

export function assertMayLeave(conversation: ConversationRow): void {
  if (conversation.kind === 'direct')
    throw forbidden('A direct conversation has exactly two people.')
  if (isLobby(conversation)) throw forbidden('Everybody is in this group; it cannot be left.')
}

export function assertMayRemove(
  conversation: ConversationRow,
  me: ParticipantRow,
  target: ParticipantRow,
): void {
  assertMayLeave(conversation)
  if (!isModerator(me)) throw forbidden('Only owners and admins remove people.')
  if (target.role === 'owner' && me.role !== 'owner')
    throw forbidden('Only owners remove an owner.')
}

interface RoleChange {
  me: ParticipantRow
  target: ParticipantRow
  role: Role
}

export function assertMaySetRole(
  conversation: ConversationRow,
  { me, target, role }: RoleChange,
): void {
  if (conversation.kind === 'direct') throw forbidden('A direct conversation has no roles.')
  if (!isModerator(me)) throw forbidden('Only owners and admins change roles.')
  if ((role === 'owner' || target.role === 'owner') && me.role !== 'owner') {
    throw forbidden('Only owners make or unmake owners.')
  }
}

export function lastOwner(): ChatError {
  return new ChatError(
    'conflict',
    'The last owner stays owner while others are in the group; make another owner first.',
  )
}
