import { type Message, namesIn } from '@chatapp/protocol'
import { noteEdit } from '../activity/queries.ts'
import type { Context } from '../context.ts'
import { hiddenUpTo } from '../conversations/policy.ts'
import { changeConversation } from '../log/change.ts'
import { editedFrame } from '../log/frames.ts'
import { findMembers } from '../participants/queries.ts'
import { nobodyAnswers } from '../people.ts'
import { calledBy, findNamed, mentionsOf, toStoredMentions } from './mentions.ts'
import { assertMayEdit } from './policy.ts'
import { presentTextMessage } from './present.ts'
import { getAddress, getVisibleMessage, updateMessage } from './queries.ts'

interface Edit {
  userId: string
  messageId: string
  data: string
}

/** Replaces the text; the same text again changes nothing. */
export async function editMessage(
  context: Context,
  { userId, messageId, data }: Edit,
): Promise<Message> {
  const { conversationId, position } = getAddress(messageId)
  const names = namesIn(data)
  const called = calledBy(names, await findNamed(context.people, names))
  if (called === 'unanswered') throw nobodyAnswers()
  return changeConversation(context, { conversationId, userId }, async (log) => {
    const floor = hiddenUpTo(log.conversation, log.me)
    const message = await getVisibleMessage(log, position)
    assertMayEdit(log, message)
    if (message.body === data) return { result: presentTextMessage(message, floor), frames: [] }
    const members = await findMembers(log.trx, conversationId, called.userIds)
    const userIds = members.map((member) => member.user_id)
    const mentions = toStoredMentions(mentionsOf(userIds, called, log.conversation.kind))
    const row = await updateMessage(log, position, { body: data, mentions, edited_at: log.at })
    if (message.mentions || row.mentions) await noteEdit(log.trx, row)
    return {
      result: presentTextMessage(row, floor),
      frames: [editedFrame(log.conversation, presentTextMessage(row))],
    }
  })
}
