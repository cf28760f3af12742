import type { Context } from '../context.ts'
import type { ParticipantRow } from '../db/schema.ts'
import { changeConversation, type OpenLog } from '../log/change.ts'
import { participantFrame } from '../log/frames.ts'
import { publishJoined } from '../log/publish.ts'
import { presentSystemMessage } from '../messages/present.ts'
import { assertKnown } from '../people.ts'
import { assertMayAdd } from './policy.ts'
import { presentParticipantChange } from './present.ts'
import { findMembers } from './queries.ts'

interface Addition {
  conversationId: string
  userId: string
  userIds: string[]
}

/** Adds people to a group; those who are in it already are left as they are. */
export async function addParticipants(
  context: Context,
  { conversationId, userId, userIds }: Addition,
): Promise<{ added: string[]; already: string[] }> {
  const wanted = [...new Set(userIds)]
  // Asked before the lock, which everybody's sends wait for.
  const known = await context.people.get(wanted)
  return changeConversation(context, { conversationId, userId }, async (log) => {
    assertMayAdd(log.conversation, log.me)
    const already = (await findMembers(log.trx, conversationId, wanted)).map(
      (member) => member.user_id,
    )
    const added = wanted.filter((id) => !already.includes(id))
    assertKnown(known, added, (id) => `userIds.${userIds.indexOf(id)}`)
    if (added.length === 0) return { result: { added, already }, frames: [] }
    const joinedPosition = log.conversation.last_position
    const version = log.takeVersion()
    const rows = await insertMembers(log, added, version)
    const line = await log.addSystemMessage({ type: 'joined', userIds: added }, version)
    const news = {
      version,
      participants: rows.map(presentParticipantChange),
      systemMessage: presentSystemMessage(line),
    }
    return {
      result: { added, already },
      beforeFrames: () =>
        publishJoined(
          context,
          added.map((id) => ({ conversationId, userId: id, joinedPosition, version: version - 1 })),
        ),
      frames: [participantFrame(log.conversation, news)],
    }
  })
}

/** Whoever rejoins starts anew: as a member, with both cursors at the last position before. */
async function insertMembers(
  { trx, conversation, at }: OpenLog,
  userIds: string[],
  version: number,
): Promise<ParticipantRow[]> {
  const start = conversation.last_position
  const standing = {
    role: 'member' as const,
    joined_at: at,
    joined_position: start,
    left_position: null,
    delivered_position: start,
    read_position: start,
    shown_read_position: null,
    unread_from: null,
    version,
    notify: 'mentions' as const,
    muted_until: null,
    pinned: false,
  }
  conversation.member_count += userIds.length
  return trx
    .insertInto('messages.participants')
    .values(
      userIds.map((userId) => ({ conversation_id: conversation.id, user_id: userId, ...standing })),
    )
    .onConflict((conflict) =>
      conflict.columns(['conversation_id', 'user_id']).doUpdateSet(standing),
    )
    .returningAll()
    .execute()
}
