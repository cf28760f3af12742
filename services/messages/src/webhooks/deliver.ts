import type { WebhookBody } from '@chatapp/protocol'
import type { OutsideAnswer } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { WebhookRow } from '../db/schema.ts'
import { bodiesOf } from './body.ts'
import { judge, restOf } from './judge.ts'
import { type Ended, findDue, recordRound, takeWebhooks } from './queue.ts'
import { signatureOf } from './sign.ts'

/** A server that hangs holds one of these for its time-out, and no more than one. */
const WEBHOOKS_AT_ONCE = 32
/** To one server at the same time; so the order of arrival is nobody's promise. */
const EVENTS_AT_ONCE = 8

/** Begins what is due; each webhook goes its own way, so that a slow server delays its own alone. */
export async function beginDeliveries(
  context: Context,
  underWay: Set<Promise<void>>,
): Promise<'more' | 'none'> {
  const limit = WEBHOOKS_AT_ONCE - underWay.size
  if (limit <= 0) return 'none'
  const taken = await takeWebhooks(context.sql, { limit, now: context.now() })
  for (const webhook of taken) {
    const work = deliverRound(context, webhook)
      .catch((error) =>
        context.log.warn({ err: error, webhookId: webhook.id }, 'a delivery was not written down'),
      )
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }
  return 'none'
}

async function deliverRound(context: Context, webhook: WebhookRow): Promise<void> {
  const due = await findDue(context.sql, webhook.id, { limit: EVENTS_AT_ONCE, now: context.now() })
  const bodies = await bodiesOf(context, due)
  const answers: OutsideAnswer[] = []
  const ended = await Promise.all(
    due.map(async (event): Promise<Ended> => {
      const body = bodies.get(event.id)
      if (!body) return { kind: 'delivered', event, status: null }
      const answer = await post(context, webhook, { id: event.id, body })
      answers.push(answer)
      const outcome = judge({ event, answer, now: context.now() })
      context.webhookMeters.tried(outcome.kind)
      return outcome
    }),
  )
  const now = context.now()
  await recordRound(context.sql, { webhook, ended, now, restsUntil: restOf(answers, now) })
}

/** Signed; the answer may take some 10 seconds. */
export function post(
  { outside, now }: Context,
  { url, secret }: WebhookRow,
  { id, body }: { id: string; body: WebhookBody },
): Promise<OutsideAnswer> {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'ChatApp-Webhooks/1',
    ...signatureOf({ secret, id, now: now(), body: text }),
  }
  return outside.post({ url, headers, body: text })
}
