import { randomBytes } from 'node:crypto'
import type { WebhookTest } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { WebhookRow } from '../db/schema.ts'
import { post } from './deliver.ts'
import { outcomeOf } from './judge.ts'

/**
 * Once and past the queue, also while the webhook is off: its server is tried before it is switched
 * on. It is no delivery, so it does not change what the webhook says of its last one.
 */
export async function testWebhook(context: Context, webhook: WebhookRow): Promise<WebhookTest> {
  const answer = await post(context, webhook, {
    id: `evt_${randomBytes(20).toString('base64url')}`,
    body: {
      type: 'webhook.test',
      version: 1,
      timestamp: new Date(context.now()).toISOString(),
      data: { webhookId: webhook.id },
    },
  })
  return outcomeOf(answer)
}
