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

/** How much waits; asked of the database when somebody looks, once for both. */
export function observeQueue(metrics: Registry, queue: Queue): void {
  let looking: Promise<Waiting> | undefined
  const look = () => (looking ??= measure(queue).finally(() => (looking = undefined)))
  const registers = [metrics]
  new Gauge({
    name: 'chatapp_notifications_queue_rows',
    help: 'Push messages that wait to be handed over.',
    registers,
    async collect() {
      this.set((await look()).rows)
    },
  })
  new Gauge({
    name: 'chatapp_notifications_queue_age_seconds',
    help: 'How long the oldest of them has waited.',
    registers,
    async collect() {
      this.set((await look()).ageSeconds)
    },
  })
}

interface Waiting {
  rows: number
  ageSeconds: number
}

/** Not numbers when the database can't be reached: the other measures are still to be had. */
async function measure({ sql, log, now }: Queue): Promise<Waiting> {
  try {
    const [row] = await sql<{ count: number; oldest: Date | null }[]>`
      select count(*)::int as count, min(created_at) as oldest
      from notifications.topics where state <> 'shown'`
    const since = row?.oldest?.getTime() ?? now()
    return { rows: row?.count ?? 0, ageSeconds: Math.max(0, now() - since) / 1000 }
  } catch (error) {
    log.warn({ err: error }, 'the queue of push messages was not measured')
    return { rows: Number.NaN, ageSeconds: Number.NaN }
  }
}
