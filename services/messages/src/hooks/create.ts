import { randomBytes } from 'node:crypto'
import { type BodyOf, ChatError, invalidField, type NewHook, type routes } from '@chatapp/protocol'
import { createId, type Queries } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import type { HookRow } from '../db/schema.ts'
import { findMembers } from '../participants/queries.ts'
import { awaitTurn } from '../turn.ts'
import { getConversation } from '../webhooks/queries.ts'
import { getHook, hashSecret } from './policy.ts'
import { presentHook } from './present.ts'
import { countHooks, insertHook, saveSecret } from './queries.ts'

const HOOKS_OF_A_GROUP = 10

interface Caller {
  userId: string
  /** Of the URL that the caller is told. */
  origin: string
}

export async function createHook(
  context: Context,
  { userId, origin }: Caller,
  { conversationId, botId, mayCallAll }: BodyOf<typeof routes.createHook>,
): Promise<NewHook> {
  const conversation = await getConversation(context.db, conversationId)
  if (conversation?.kind !== 'group') throw notFound()
  await assertIsBotOf(context, conversationId, botId)
  const secret = makeSecret()
  const row: HookRow = {
    id: createId(context.now()),
    conversation_id: conversationId,
    bot_id: botId,
    secret_hash: hashSecret(secret),
    may_call_all: mayCallAll,
    created_by: userId,
    created_at: new Date(context.now()),
    deleted_at: null,
  }
  await context.sql.begin(async (trx) => {
    await awaitTurn(trx, 'newHook')
    await assertIsRoom(trx, conversationId)
    await insertHook(trx, row)
  })
  return { hook: presentHook(row), url: urlOf(row, secret, origin) }
}

export async function replaceHookSecret(
  context: Context,
  id: string,
  origin: string,
): Promise<NewHook> {
  const hook = await getHook(context, id)
  const secret = makeSecret()
  await saveSecret(context.sql, id, hashSecret(secret))
  return { hook: presentHook(hook), url: urlOf(hook, secret, origin) }
}

/** People speak for themselves. */
async function assertIsBotOf(
  context: Context,
  conversationId: string,
  botId: string,
): Promise<void> {
  const [profile] = await context.users.profiles([botId])
  if (!profile?.user.isBot) throw invalidField('botId', 'must be the id of a bot')
  const [member] = await findMembers(context.db, conversationId, [botId])
  if (!member) throw invalidField('botId', 'must be a bot that is in the conversation')
}

async function assertIsRoom(sql: Queries, conversationId: string): Promise<void> {
  if ((await countHooks(sql, conversationId)) < HOOKS_OF_A_GROUP) return
  throw new ChatError(
    'conflict',
    `There are ${HOOKS_OF_A_GROUP} incoming webhooks already; delete one first.`,
  )
}

const makeSecret = () => randomBytes(32).toString('base64url')

const urlOf = ({ id }: HookRow, secret: string, origin: string) =>
  `${origin}/api/hooks/${id}/${secret}`
