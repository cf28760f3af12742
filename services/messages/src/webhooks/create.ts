import { randomBytes } from 'node:crypto'
import { type BodyOf, ChatError, type routes, type Webhook } from '@chatapp/protocol'
import { createId, type Queries } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { WebhookRow } from '../db/schema.ts'
import { awaitTurn } from '../turn.ts'
import { assertManages, assertMayCall } from './policy.ts'
import { presentWebhook } from './present.ts'
import { countWebhooks, insertWebhook, startFromHere } from './queries.ts'

/** Every event of a group is delivered so often. */
const WEBHOOKS_OF_A_GROUP = 10
const WEBHOOKS_OF_ALL_GROUPS = 50

interface NewWebhook {
  webhook: Webhook
  secret: string
}

export async function createWebhook(
  context: Context,
  userId: string,
  input: BodyOf<typeof routes.createWebhook>,
): Promise<NewWebhook> {
  await assertManages(context, { userId, conversationId: input.conversationId ?? null })
  return addWebhook(context, userId, input)
}

/** For somebody who may, and a group that there is. */
export async function addWebhook(
  context: Context,
  createdBy: string,
  { url, events, ...of }: BodyOf<typeof routes.createWebhook>,
): Promise<NewWebhook> {
  const conversationId = of.conversationId ?? null
  assertMayCall(url, context.config.allowPrivateAddresses)
  const at = new Date(context.now())
  const row: WebhookRow = {
    id: createId(context.now()),
    conversation_id: conversationId,
    url,
    events: [...new Set(events)],
    secret: `whsec_${randomBytes(32).toString('base64')}`,
    state: 'on',
    created_by: createdBy,
    created_at: at,
    rests_until: at,
    last_try_at: null,
    last_status: null,
    last_problem: null,
  }
  await context.sql.begin(async (trx) => {
    await awaitTurn(trx, 'newWebhook')
    await assertIsRoom(trx, conversationId)
    await insertWebhook(trx, row)
    await startFromHere(trx, row)
  })
  return { webhook: presentWebhook({ ...row, waiting: 0, failed: 0 }), secret: row.secret }
}

async function assertIsRoom(sql: Queries, conversationId: string | null): Promise<void> {
  const most = conversationId === null ? WEBHOOKS_OF_ALL_GROUPS : WEBHOOKS_OF_A_GROUP
  if ((await countWebhooks(sql, conversationId)) >= most)
    throw new ChatError('conflict', `There are ${most} webhooks already; delete one first.`)
}
