import { Counter, Gauge, type Logger, type Registry, type Sql } from '@chatapp/service-kit'
import type { Ended } from './queue.ts'

export interface WebhookMeters {
  tried(outcome: Ended['kind']): void
}

export function createWebhookMeters(metrics: Registry): WebhookMeters {
  const tries = new Counter({
    name: 'chatapp_messages_webhook_tries_total',
    help: 'Tries to deliver an event to a webhook, by outcome.',
    labelNames: ['outcome'],
    registers: [metrics],
  })
  return { tried: (outcome) => tries.labels(outcome).inc() }
}

interface Queue {
  sql: Sql
  log: Logger
  now: () => number
}

/** How much waits; asked of the database when somebody looks. */
export function observeWebhooks(metrics: Registry, { sql, log, now }: Queue): void {
  const observe = (name: string, help: string, look: (gauge: Gauge) => Promise<void>) =>
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [metrics],
      async collect() {
        await look(this).catch((error) =>
          log.warn({ err: error }, 'the queue of webhooks was not measured'),
        )
      },
    })
  const rows = 'Events of webhooks, by state.'
  observe('chatapp_messages_webhook_queue_rows', rows, async (gauge) => {
    const found = await sql<{ state: string; count: number }[]>`
      select s as state, count(e.id)::int as count from unnest(array['waiting', 'failed']) as s
      left join messages.webhook_events e on e.state = s group by s`
    for (const { state, count } of found) gauge.labels(state).set(count)
  })
  const age = 'How long the oldest event has waited to be delivered.'
  observe('chatapp_messages_webhook_queue_age_seconds', age, async (gauge) => {
    const [row] = await sql<{ oldest: Date | null }[]>`
      select min(created_at) as oldest from messages.webhook_events where state = 'waiting'`
    gauge.labels('waiting').set(row?.oldest ? Math.max(0, now() - row.oldest.getTime()) / 1000 : 0)
  })
}
