import type { Message } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { hiddenUpTo } from '../conversations/policy.ts'
import { getMembership } from '../conversations/queries.ts'
import { presentMessage } from './present.ts'
import { getAddress, getVisibleMessage } from './queries.ts'

/** One message, for a member who may see it. */
export async function getMessage(
  { db }: Context,
  userId: string,
  messageId: string,
): Promise<Message> {
  const { conversationId, position } = getAddress(messageId)
  const { conversation, me } = await getMembership(db, conversationId, userId)
  const row = await getVisibleMessage({ trx: db, conversation, me }, position)
  return presentMessage(row, hiddenUpTo(conversation, me))
}
