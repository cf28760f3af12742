import type { DeliveryOutcome } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { type Tested, testDevices } from './test.ts'

const RECENT_MS = 3_600_000

export interface QueueStatus {
  /** Push messages that wait, and how long the oldest has. */
  waiting: number
  oldestSeconds: number
  devices: number
  /** Tries of the last hour, by how they ended. */
  lastHour: Partial<Record<DeliveryOutcome, number>>
}

/** What an operator may ask of push messages; not served over HTTP. */
export interface Pushes {
  /** Sends one to each device of the person; resolves to what the push services said. */
  test(userId: string): Promise<Tested[]>
  status(): Promise<QueueStatus>
}

export const createPushes = (context: Context): Pushes => ({
  test: (userId) => testDevices(context, { userId }),
  status: () => findStatus(context),
})

async function findStatus({ sql, now }: Context): Promise<QueueStatus> {
  const [queue] = await sql<{ waiting: number; oldest: Date | null; devices: number }[]>`
    select count(*)::int as waiting, min(created_at) as oldest,
      (select count(*)::int from notifications.subscriptions) as devices
    from notifications.topics where state <> 'shown'`
  const outcomes = await sql<{ outcome: DeliveryOutcome; count: number }[]>`
    select outcome, count(*)::int as count from notifications.deliveries
    where at > ${new Date(now() - RECENT_MS)} group by outcome`
  return {
    waiting: queue?.waiting ?? 0,
    oldestSeconds: queue?.oldest ? Math.max(0, now() - queue.oldest.getTime()) / 1000 : 0,
    devices: queue?.devices ?? 0,
    lastHour: Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count])),
  }
}
