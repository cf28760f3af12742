import {
  type BodyOf,
  type Conversation,
  invalidField,
  type NotifyLevel,
  type Role,
  type routes,
} from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { ConversationRow, Database } from '../db/schema.ts'
import { insertSystemMessage } from '../log/change.ts'
import { conversationFrame } from '../log/frames.ts'
import { recordAdvance } from '../log/outbox.ts'
import { publishFrames, publishJoined } from '../log/publish.ts'
import { presentSystemMessage } from '../messages/present.ts'
import { assertKnown } from '../people.ts'
import { presentConversation } from './present.ts'
import { getOverview } from './queries.ts'

type Draft = BodyOf<typeof routes.createConversation>
type GroupDraft = Extract<Draft, { kind: 'group' }>

/** Opens the one direct conversation of a pair; `created` tells whether it is new. */
export async function openDirect(
  context: Context,
  userId: string,
  otherId: string,
): Promise<{ created: boolean; conversation: Conversation }> {
  if (otherId === userId) throw invalidField('userId', 'must be somebody else')
  assertKnown(await context.people.get([otherId]), [otherId], () => 'userId')
  const pair = [userId, otherId].sort()
  const at = new Date(context.now())
  const { row, created, outboxId } = await context.db.transaction().execute(async (trx) => {
    const draft = newConversation(
      { kind: 'direct', direct_key: pair.join(':'), created_by: userId, member_count: 2 },
      at,
    )
    const inserted = await trx
      .insertInto('messages.conversations')
      .values(draft)
      .onConflict((conflict) => conflict.column('direct_key').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!inserted)
      return { row: await getDirect(trx, pair.join(':')), created: false, outboxId: undefined }
    await insertFirstMembers(trx, {
      conversation: inserted,
      roles: pair.map((id) => [id, 'member']),
      notify: 'all',
      at,
    })
    return { row: inserted, created: true, outboxId: await recordCreation(context, trx, inserted) }
  })
  if (outboxId) announce(context, { conversation: row, userIds: pair, outboxId })
  return {
    created,
    conversation: await presentConversation(context, await getOverview(context.db, row.id, userId)),
  }
}

export async function createGroup(
  context: Context,
  userId: string,
  draft: GroupDraft,
): Promise<Conversation> {
  const others = [...new Set(draft.userIds)].filter((id) => id !== userId)
  const known = await context.people.get(others)
  assertKnown(known, others, (id) => `userIds.${draft.userIds.indexOf(id)}`)
  const at = new Date(context.now())
  const { title, history = 'shared', invites = 'members' } = draft
  const created = await context.db.transaction().execute(async (trx) => {
    const conversation = await trx
      .insertInto('messages.conversations')
      .values(
        newConversation(
          {
            kind: 'group',
            title,
            history,
            invites,
            created_by: userId,
            member_count: others.length + 1,
            last_position: 1,
          },
          at,
        ),
      )
      .returningAll()
      .executeTakeFirstOrThrow()
    const roles: [string, Role][] = [
      [userId, 'owner'],
      ...others.map((id): [string, Role] => [id, 'member']),
    ]
    await insertFirstMembers(trx, { conversation, roles, notify: 'mentions', at })
    const event = { type: 'created' as const, title, userIds: others }
    const line = await insertSystemMessage(trx, {
      conversation,
      senderId: userId,
      event,
      version: 1,
      at,
    })
    return { conversation, line, outboxId: await recordCreation(context, trx, conversation) }
  })
  announce(context, { ...created, userIds: [userId, ...others] })
  return presentConversation(
    context,
    await getOverview(context.db, created.conversation.id, userId),
  )
}

function newConversation(
  values: Partial<ConversationRow> & Pick<ConversationRow, 'kind'>,
  at: Date,
) {
  return {
    id: createId(at.getTime()),
    last_position: 0,
    last_version: 1,
    settings_version: 1,
    member_count: 0,
    created_at: at,
    last_message_at: at,
    ...values,
  }
}

function getDirect(trx: Transaction<Database>, key: string): Promise<ConversationRow> {
  return trx
    .selectFrom('messages.conversations')
    .selectAll()
    .where('direct_key', '=', key)
    .executeTakeFirstOrThrow()
}

interface FirstMembers {
  conversation: ConversationRow
  roles: [userId: string, role: Role][]
  notify: NotifyLevel
  at: Date
}

async function insertFirstMembers(
  trx: Transaction<Database>,
  { conversation, roles, notify, at }: FirstMembers,
): Promise<void> {
  const rows = roles.map(([userId, role]) => ({
    conversation_id: conversation.id,
    user_id: userId,
    role,
    joined_at: at,
    joined_position: 0,
    delivered_position: 0,
    read_position: 0,
    version: 1,
    notify,
  }))
  await trx.insertInto('messages.participants').values(rows).execute()
}

const recordCreation = (
  { outbox }: Context,
  trx: Transaction<Database>,
  { id, created_at }: ConversationRow,
) =>
  recordAdvance(
    trx,
    { conversationId: id, fromVersion: 0, toVersion: 1 },
    { outbox, now: created_at.getTime() },
  )

interface Creation {
  conversation: ConversationRow
  userIds: string[]
  outboxId: string
  line?: Parameters<typeof presentSystemMessage>[0]
}

function announce(context: Context, { conversation, userIds, outboxId, line }: Creation): void {
  publishJoined(
    context,
    userIds.map((userId) => ({
      conversationId: conversation.id,
      userId,
      joinedPosition: 0,
      version: 0,
    })),
  )
  publishFrames(context, [
    conversationFrame(conversation, 1, line ? presentSystemMessage(line) : null),
  ])
  context.outbox.done(outboxId)
}
