import {
  type BodyOf,
  type Conversation,
  invalidField,
  type LogFrame,
  type routes,
} from '@chatapp/protocol'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { changeConversation, type OpenLog } from '../log/change.ts'
import { conversationFrame } from '../log/frames.ts'
import { publishToSelf } from '../log/publish.ts'
import { presentSystemMessage } from '../messages/present.ts'
import { assertMayChangeSettings } from './policy.ts'
import { presentConversation } from './present.ts'
import { getOverview } from './queries.ts'

type Patch = BodyOf<typeof routes.updateConversation>
interface Target {
  conversationId: string
  userId: string
  patch: Patch
}

/** Changes title and policies for all, and for oneself how it is shown and told. */
export async function updateConversation(
  context: Context,
  { conversationId, userId, patch }: Target,
): Promise<Conversation> {
  await changeConversation(context, { conversationId, userId }, async (log) => {
    const frames = await changeSettings(log, patch)
    await changeOwnSettings(log, patch)
    return { result: undefined, frames }
  })
  const overview = await getOverview(context.db, conversationId, userId)
  const presented = await presentConversation(context, overview)
  if (isAboutMe(patch)) {
    publishToSelf(context, userId, { type: 'own', conversationId, me: presented.me })
  }
  return presented
}

const isAboutMe = ({ notify, mutedUntil, pinned, unreadFrom }: Patch) =>
  [notify, mutedUntil, pinned, unreadFrom].some((setting) => setting !== undefined)

async function changeSettings(
  log: OpenLog,
  { title, history, invites }: Patch,
): Promise<LogFrame[]> {
  const { conversation, me } = log
  if (title === undefined && history === undefined && invites === undefined) return []
  assertMayChangeSettings(conversation, me)
  const isRenamed = title !== undefined && title !== conversation.title
  const isSame =
    !isRenamed &&
    (history ?? conversation.history) === conversation.history &&
    (invites ?? conversation.invites) === conversation.invites
  if (isSame) return []
  const version = log.takeVersion()
  Object.assign(
    conversation,
    { settings_version: version },
    title && { title },
    history && { history },
    invites && { invites },
  )
  const line = isRenamed ? await log.addSystemMessage({ type: 'renamed', title }, version) : null
  return [conversationFrame(conversation, version, line && presentSystemMessage(line))]
}

async function changeOwnSettings(log: OpenLog, patch: Patch): Promise<void> {
  if (!isAboutMe(patch)) return
  const { trx, me, conversation } = log
  const { notify, mutedUntil, pinned, unreadFrom } = patch
  if (unreadFrom !== undefined && unreadFrom > conversation.last_position) {
    const last = conversation.last_position
    throw invalidField('unreadFrom', `must be at most ${last}, the last position`)
  }
  await trx
    .updateTable('messages.participants')
    .set({
      ...(notify !== undefined && { notify }),
      ...(mutedUntil !== undefined && { muted_until: mutedUntil }),
      ...(pinned !== undefined && { pinned }),
      // The cursor as it is now: reading does not wait for the lock of the conversation.
      ...(unreadFrom !== undefined && {
        unread_from: sql<
          number | null
        >`case when ${unreadFrom} <= read_position then ${unreadFrom}::int end`,
      }),
    })
    .where('conversation_id', '=', me.conversation_id)
    .where('user_id', '=', me.user_id)
    .execute()
}
