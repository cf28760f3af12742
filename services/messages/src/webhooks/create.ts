import { randomBytes } from 'node:crypto'
import { type BodyOf, ChatError, type routes, type Webhook } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { WebhookRow } from '../db/schema.ts'
import { assertManages, assertMayCall } from './policy.ts'
import { presentWebhook } from './present.ts'
import { countWebhooks, insertWebhook, startFromHere } from './queries.ts'

/** Every event of a group is delivered so often. */
const WEBHOOKS_OF_A_GROUP = 10
const WEBHOOKS_OF_ALL_GROUPS = 50

export async function createWebhook(
  context: Context,
  userId: string,
  { url, events, ...of }: BodyOf<typeof routes.createWebhook>,
): Promise<{ webhook: Webhook; secret: string }> {
  const conversationId = of.conversationId ?? null
  await assertManages(context, { userId, conversationId })
  assertMayCall(url, context.config.allowPrivateAddresses)
  const most = conversationId === null ? WEBHOOKS_OF_ALL_GROUPS : WEBHOOKS_OF_A_GROUP
  if ((await countWebhooks(context.sql, conversationId)) >= most)
    throw new ChatError('conflict', `There are ${most} webhooks already; delete one first.`)
  const at = new Date(context.now())
  const row: WebhookRow = {
    id: createId(context.now()),
    conversation_id: conversationId,
    url,
    events: [...new Set(events)],
    secret: `whsec_${randomBytes(32).toString('base64')}`,
    state: 'on',
    created_by: userId,
    created_at: at,
    rests_until: at,
    last_try_at: null,
    last_status: null,
    last_problem: null,
  }
  await context.sql.begin(async (trx) => {
    await insertWebhook(trx, row)
    await startFromHere(trx, row)
  })
  return { webhook: presentWebhook({ ...row, waiting: 0, failed: 0 }), secret: row.secret }
}
