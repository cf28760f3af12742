import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import { deleteDraft } from '../drafts/queries.ts'
import { changeConversation, type OpenLog } from '../log/change.ts'
import { participantFrame } from '../log/frames.ts'
import { presentSystemMessage } from '../messages/present.ts'
import { assertMayLeave, assertMayRemove, lastOwner } from './policy.ts'
import { presentParticipantChange } from './present.ts'
import { findMember, hasOtherOwner } from './queries.ts'

interface Removal {
  conversationId: string
  userId: string
  targetId: string
}

/** Removes a member, or leaves when the target is oneself. From the commit on they see nothing more. */
export async function removeParticipant(
  context: Context,
  { conversationId, userId, targetId }: Removal,
): Promise<void> {
  await changeConversation(context, { conversationId, userId }, async (log) => {
    if (targetId === userId) await checkLeaving(log)
    else await checkRemoving(log, targetId)
    const version = log.takeVersion()
    const type = targetId === userId ? ('left' as const) : ('removed' as const)
    log.conversation.member_count -= 1
    const line = await log.addSystemMessage({ type, userId: targetId }, version)
    const row = await log.trx
      .updateTable('messages.participants')
      .set({ left_position: line.position, version })
      .where('conversation_id', '=', conversationId)
      .where('user_id', '=', targetId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await deleteDraft(log.trx, conversationId, targetId)
    const news = {
      version,
      participants: [presentParticipantChange(row)],
      systemMessage: presentSystemMessage(line),
    }
    return { result: undefined, frames: [participantFrame(log.conversation, news)] }
  })
}

async function checkLeaving({ trx, conversation, me }: OpenLog): Promise<void> {
  assertMayLeave(conversation)
  const isNeeded = me.role === 'owner' && conversation.member_count > 1
  if (isNeeded && !(await hasOtherOwner(trx, conversation.id, me.user_id))) throw lastOwner()
}

async function checkRemoving({ trx, conversation, me }: OpenLog, targetId: string): Promise<void> {
  const target = await findMember(trx, conversation.id, targetId)
  if (!target) {
    assertMayLeave(conversation)
    throw notFound()
  }
  assertMayRemove(conversation, me, target)
}
