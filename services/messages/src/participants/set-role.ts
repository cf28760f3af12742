import type { Participant, Role } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import { changeConversation } from '../log/change.ts'
import { participantFrame } from '../log/frames.ts'
import { assertMaySetRole, lastOwner } from './policy.ts'
import { presentParticipant, presentParticipantChange } from './present.ts'
import { findMember, getViewer, hasOtherOwner } from './queries.ts'

interface RoleSetting {
  conversationId: string
  userId: string
  targetId: string
  role: Role
}

export async function setRole(
  context: Context,
  { conversationId, userId, targetId, role }: RoleSetting,
): Promise<Participant> {
  const viewer = await getViewer(context, userId)
  return changeConversation(
    context,
    { conversationId, userId },
    async ({ trx, conversation, me, takeVersion }) => {
      const target = targetId === userId ? me : await findMember(trx, conversationId, targetId)
      if (!target) throw notFound()
      assertMaySetRole(conversation, { me, target, role })
      if (target.role === role) return { result: presentParticipant(target, viewer), frames: [] }
      const isStepDown = target.role === 'owner' && conversation.member_count > 1
      if (isStepDown && !(await hasOtherOwner(trx, conversationId, targetId))) throw lastOwner()
      const version = takeVersion()
      const row = await trx
        .updateTable('messages.participants')
        .set({ role, version })
        .where('conversation_id', '=', conversationId)
        .where('user_id', '=', targetId)
        .returningAll()
        .executeTakeFirstOrThrow()
      const news = { version, participants: [presentParticipantChange(row)], systemMessage: null }
      return {
        result: presentParticipant(row, viewer),
        frames: [participantFrame(conversation, news)],
      }
    },
  )
}
