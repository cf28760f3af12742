import type { Message } from '@chatapp/protocol'
import { forgetUnsent } from '../activity/queries.ts'
import type { Context } from '../context.ts'
import { hiddenUpTo } from '../conversations/policy.ts'
import { changeConversation } from '../log/change.ts'
import { unsentFrame } from '../log/frames.ts'
import { assertMayUnsend } from './policy.ts'
import { presentTextMessage } from './present.ts'
import { getAddress, getVisibleMessage, updateMessage } from './queries.ts'

/** Leaves a tombstone: text, mentions and reactions are gone, the position stays. Idempotent. */
export async function unsendMessage(
  context: Context,
  userId: string,
  messageId: string,
): Promise<Message> {
  const { conversationId, position } = getAddress(messageId)
  return changeConversation(context, { conversationId, userId }, async (log) => {
    const floor = hiddenUpTo(log.conversation, log.me)
    const message = await getVisibleMessage(log, position)
    assertMayUnsend(log, message)
    if (message.unsent_at) return { result: presentTextMessage(message, floor), frames: [] }
    const row = await updateMessage(log, position, {
      body: null,
      mentions: null,
      reactions: null,
      unsent_at: log.at,
    })
    await forgetUnsent(log.trx, row)
    return {
      result: presentTextMessage(row, floor),
      frames: [unsentFrame(log.conversation, presentTextMessage(row))],
    }
  })
}
