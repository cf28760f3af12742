import type { DeliveryOutcome } from '@chatapp/protocol'
import { Counter, Gauge, type Logger, type Registry, type Sql } from '@chatapp/service-kit'
import type { Decision } from './deciding/policy.ts'

export interface Meters {
  pushed(outcome: DeliveryOutcome): void
  decided(decision: Decision): void
}

export function createMeters(metrics: Registry): Meters {
  const pushes = new Counter({
    name: 'chatapp_notifications_pushes_total',
    help: 'Tries to hand over a push message, by outcome.',
    labelNames: ['outcome'],
    registers: [metrics],
  })
  const decisions = new Counter({
    name: 'chatapp_notifications_decisions_total',
    help: 'Messages times people with a subscribed device, by what was decided and why.',
    labelNames: ['outcome', 'reason'],
    registers: [metrics],
  })
  return {
    pushed: (outcome) => pushes.labels(outcome).inc(),
    decided: ({ outcome, reason }) => decisions.labels(outcome, reason).inc(),
  }
}

interface Queue {
  sql: Sql
  log: Logger
  now: () => number
}

/** How much waits; asked of the database when somebody looks. */
export function observeQueue(metrics: Registry, { sql, log, now }: Queue): void {
  const depth = new Gauge({
    name: 'chatapp_notifications_queue_rows',
    help: 'Push messages that wait to be handed over.',
    registers: [metrics],
  })
  new Gauge({
    name: 'chatapp_notifications_queue_age_seconds',
    help: 'How long the oldest of them has waited.',
    registers: [metrics],
    async collect() {
      try {
        const [row] = await sql<{ count: number; oldest: Date | null }[]>`
          select count(*)::int as count, min(created_at) as oldest
          from notifications.topics where state <> 'shown'`
        depth.set(row?.count ?? 0)
        this.set(row?.oldest ? Math.max(0, now() - row.oldest.getTime()) / 1000 : 0)
      } catch (error) {
        log.warn({ err: error }, 'the queue of push messages was not measured')
      }
    },
  })
}
