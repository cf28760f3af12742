import type { BodyOf, Conversation, LogFrame, routes } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { changeConversation, type OpenLog } from '../log/change.ts'
import { conversationFrame } from '../log/frames.ts'
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

/** Changes title and policies for all, and notify, mutedUntil and pinned for oneself. */
export async function updateConversation(
  context: Context,
  { conversationId, userId, patch }: Target,
): Promise<Conversation> {
  await changeConversation(context, { conversationId, userId }, async (log) => {
    const frames = await changeSettings(log, patch)
    await changeOwnSettings(log, patch)
    return { result: undefined, frames }
  })
  return presentConversation(context, await getOverview(context.db, conversationId, userId))
}

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

async function changeOwnSettings(
  { trx, me }: OpenLog,
  { notify, mutedUntil, pinned }: Patch,
): Promise<void> {
  if (notify === undefined && mutedUntil === undefined && pinned === undefined) return
  await trx
    .updateTable('messages.participants')
    .set({
      ...(notify !== undefined && { notify }),
      ...(mutedUntil !== undefined && { muted_until: mutedUntil }),
      ...(pinned !== undefined && { pinned }),
    })
    .where('conversation_id', '=', me.conversation_id)
    .where('user_id', '=', me.user_id)
    .execute()
}
