import type { LogFrame, SystemEvent } from '@chatapp/protocol'
import { createId, isWorthRepeating } from '@chatapp/service-kit'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import type { ConversationRow, Database, MessageRow, ParticipantRow } from '../db/schema.ts'
import { findMember } from '../participants/queries.ts'
import { recordAdvance } from './outbox.ts'
import { publishFrames } from './publish.ts'

/** A conversation under its lock: who holds it makes the next versions and positions. */
export interface OpenLog {
  trx: Transaction<Database>
  conversation: ConversationRow
  me: ParticipantRow
  /** The time of this change. */
  at: Date
  takeVersion(): number
  addSystemMessage(event: SystemEvent, version: number): Promise<MessageRow>
}

export interface Changed<T> {
  result: T
  /** Published once the change is committed. */
  frames: LogFrame[]
  /** Runs after the commit, before the frames. */
  beforeFrames?: () => void
}

interface Where {
  conversationId: string
  userId: string
}

const TRIES = 5

/**
 * The one way to change a conversation but for sending: checks membership and acts under the lock
 * of the conversation's row, writes head and outbox with the change, and publishes after the commit.
 */
export async function changeConversation<T>(
  context: Context,
  where: Where,
  act: (log: OpenLog) => Promise<Changed<T>>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await changeOnce(context, where, act)
    } catch (error) {
      if (!isWorthRepeating(error) || tries === TRIES) throw error
    }
  }
}

async function changeOnce<T>(
  context: Context,
  where: Where,
  act: (log: OpenLog) => Promise<Changed<T>>,
): Promise<T> {
  const { changed, outboxId } = await context.db.transaction().execute(async (trx) => {
    const conversation = await lockConversation(trx, where.conversationId)
    const me = conversation && (await findMember(trx, where.conversationId, where.userId))
    if (!me) throw notFound()
    const before = conversation.last_version
    const log = openLog(trx, { conversation, me, at: new Date(context.now()) })
    const changed = await act(log)
    if (conversation.last_version === before) return { changed, outboxId: undefined }
    await saveHead(trx, conversation)
    const advance = {
      conversationId: conversation.id,
      fromVersion: before,
      toVersion: conversation.last_version,
    }
    const on = { outbox: context.outbox, now: context.now() }
    return { changed, outboxId: await recordAdvance(trx, advance, on) }
  })
  changed.beforeFrames?.()
  publishFrames(context, changed.frames)
  if (outboxId) context.outbox.done(outboxId)
  return changed.result
}

export function lockConversation(
  trx: Transaction<Database>,
  id: string,
): Promise<ConversationRow | undefined> {
  return trx
    .selectFrom('messages.conversations')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

function openLog(
  trx: Transaction<Database>,
  open: Pick<OpenLog, 'conversation' | 'me' | 'at'>,
): OpenLog {
  const { conversation, me, at } = open
  return {
    trx,
    ...open,
    takeVersion: () => ++conversation.last_version,
    async addSystemMessage(event, version) {
      conversation.last_position += 1
      conversation.last_message_at = at
      return insertSystemMessage(trx, { conversation, senderId: me.user_id, event, version, at })
    },
  }
}

interface SystemLine {
  conversation: ConversationRow
  senderId: string
  event: SystemEvent
  version: number
  at: Date
}

export function insertSystemMessage(
  trx: Transaction<Database>,
  line: SystemLine,
): Promise<MessageRow> {
  return trx
    .insertInto('messages.messages')
    .values({
      conversation_id: line.conversation.id,
      position: line.conversation.last_position,
      version: line.version,
      sender_id: line.senderId,
      client_id: `system ${createId()}`,
      kind: 'system',
      event: line.event,
      sent_at: line.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function saveHead(trx: Transaction<Database>, conversation: ConversationRow): Promise<void> {
  const {
    title,
    history,
    invites,
    last_position,
    last_version,
    settings_version,
    last_message_at,
    member_count,
  } = conversation
  const head = {
    title,
    history,
    invites,
    last_position,
    last_version,
    settings_version,
    last_message_at,
    member_count,
  }
  await trx
    .updateTable('messages.conversations')
    .set(head)
    .where('id', '=', conversation.id)
    .execute()
}
