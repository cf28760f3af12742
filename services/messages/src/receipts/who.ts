import { LARGE_GROUP_MEMBERS, type MessageReceipts } from '@chatapp/protocol'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { hiddenUpTo } from '../conversations/policy.ts'
import { getMembership } from '../conversations/queries.ts'
import { getAddress, messageNotFound } from '../messages/queries.ts'
import { getViewer } from '../participants/queries.ts'

/**
 * Who has read a message and to whom it was delivered, and when; counts only in a large group. What
 * was read in private has left no trace here; whoever hides their own reading is told of none.
 */
export async function getReceipts(
  context: Context,
  userId: string,
  messageId: string,
): Promise<MessageReceipts> {
  const { db } = context
  const { conversationId, position } = getAddress(messageId)
  const { conversation, me } = await getMembership(db, conversationId, userId)
  if (position > conversation.last_position || position <= hiddenUpTo(conversation, me))
    throw messageNotFound()
  const { hidesReads } = await getViewer(context, userId)
  const status = db
    .selectFrom('messages.message_status')
    .where('conversation_id', '=', conversationId)
    .where('position', '=', position)
  if (conversation.member_count > LARGE_GROUP_MEMBERS) {
    const counts = await status
      .select([
        sql<number>`count(read_at)::int`.as('read'),
        sql<number>`count(delivered_at)::int`.as('delivered'),
      ])
      .executeTakeFirstOrThrow()
    return { messageId, readCount: hidesReads ? 0 : counts.read, deliveredCount: counts.delivered }
  }
  const rows = await status
    .select(['user_id', 'delivered_at', 'read_at'])
    .orderBy('user_id')
    .execute()
  return {
    messageId,
    readBy: hidesReads ? [] : rows.flatMap(({ user_id, read_at }) => personAt(user_id, read_at)),
    deliveredTo: rows.flatMap(({ user_id, delivered_at }) => personAt(user_id, delivered_at)),
  }
}

const personAt = (userId: string, at: Date | null) => (at ? [{ userId, at: at.toISOString() }] : [])
