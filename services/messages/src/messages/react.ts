import {
  ChatError,
  type Message,
  REACTION_KINDS_MAX,
  REACTIONS_MAX,
  type Reaction,
} from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { hiddenUpTo } from '../conversations/policy.ts'
import { changeConversation } from '../log/change.ts'
import { reactionFrame } from '../log/frames.ts'
import { assertMayReact } from './policy.ts'
import { presentTextMessage } from './present.ts'
import { getAddress, getVisibleMessage, updateMessage } from './queries.ts'

interface ReactionChange {
  userId: string
  messageId: string
  emoji: string
}

export function addReaction(context: Context, change: ReactionChange): Promise<Message> {
  return changeReactions(context, change, (reactions) => withReaction(reactions, change))
}

export function removeReaction(context: Context, change: ReactionChange): Promise<Message> {
  return changeReactions(context, change, (reactions) => withoutReaction(reactions, change))
}

/** Undefined from `next` means that nothing changes. */
async function changeReactions(
  context: Context,
  { userId, messageId }: ReactionChange,
  next: (reactions: Reaction[]) => Reaction[] | undefined,
): Promise<Message> {
  const { conversationId, position } = getAddress(messageId)
  return changeConversation(context, { conversationId, userId }, async (log) => {
    const floor = hiddenUpTo(log.conversation, log.me)
    const message = await getVisibleMessage(log, position)
    assertMayReact(message)
    const reactions = next(message.reactions ?? [])
    if (!reactions) return { result: presentTextMessage(message, floor), frames: [] }
    const row = await updateMessage(log, position, {
      reactions: JSON.stringify(reactions),
    })
    return {
      result: presentTextMessage(row, floor),
      frames: [reactionFrame(log.conversation, presentTextMessage(row))],
    }
  })
}

function withReaction(
  reactions: Reaction[],
  { emoji, userId }: Omit<ReactionChange, 'messageId'>,
): Reaction[] | undefined {
  const same = reactions.find((reaction) => reaction.emoji === emoji)
  if (same?.userIds.includes(userId)) return undefined
  if (!same && reactions.length >= REACTION_KINDS_MAX) {
    throw new ChatError(
      'conflict',
      `A message takes at most ${REACTION_KINDS_MAX} different emoji.`,
    )
  }
  if (reactions.reduce((sum, one) => sum + one.userIds.length, 0) >= REACTIONS_MAX) {
    throw new ChatError('conflict', `A message takes at most ${REACTIONS_MAX} reactions.`)
  }
  if (!same) return [...reactions, { emoji, userIds: [userId] }]
  return reactions.map((reaction) =>
    reaction === same ? { emoji, userIds: [...same.userIds, userId] } : reaction,
  )
}

function withoutReaction(
  reactions: Reaction[],
  { emoji, userId }: Omit<ReactionChange, 'messageId'>,
): Reaction[] | undefined {
  const same = reactions.find((reaction) => reaction.emoji === emoji)
  if (!same?.userIds.includes(userId)) return undefined
  return reactions
    .map((reaction) =>
      reaction === same ? { emoji, userIds: same.userIds.filter((id) => id !== userId) } : reaction,
    )
    .filter((reaction) => reaction.userIds.length > 0)
}
