import type { Queries, Sql } from '@chatapp/service-kit'
import type { WebhookEventRow, WebhookRow } from '../db/schema.ts'

/** Whoever took a webhook and is heard no more has died: another process takes it. */
const LEASE_MS = 30_000

/** A webhook that has something due, for one process alone. */
export async function takeWebhooks(
  sql: Sql,
  { limit, now }: { limit: number; now: number },
): Promise<WebhookRow[]> {
  const at = new Date(now)
  return sql<WebhookRow[]>`
    with due as (
      select w.id from messages.webhooks w
      where w.state = 'on' and w.rests_until <= ${at} and exists (
        select 1 from messages.webhook_events e
        where e.webhook_id = w.id and e.state = 'waiting' and e.next_at <= ${at})
      order by w.rests_until limit ${limit} for update skip locked
    )
    update messages.webhooks w set rests_until = ${new Date(now + LEASE_MS)}
    from due where w.id = due.id returning w.*`
}

export function findDue(
  sql: Sql,
  webhookId: string,
  { limit, now }: { limit: number; now: number },
): PromiseLike<WebhookEventRow[]> {
  return sql<WebhookEventRow[]>`
    select * from messages.webhook_events
    where webhook_id = ${webhookId} and state = 'waiting' and next_at <= ${new Date(now)}
    order by next_at, happened_at limit ${limit}`
}

/** How a try to deliver an event ended. */
export type Ended = { event: WebhookEventRow; status: number | null } & (
  | { kind: 'delivered' }
  | { kind: 'again'; at: number; problem: string }
  | { kind: 'failed'; problem: string }
)

interface Round {
  webhook: WebhookRow
  ended: Ended[]
  now: number
  /** When the webhook is free again. */
  restsUntil: number
}

/** What was delivered is forgotten; a server that is gone for good switches its webhook off. */
export async function recordRound(sql: Sql, round: Round): Promise<void> {
  const { webhook, ended, now, restsUntil } = round
  const delivered = ended.filter(({ kind }) => kind === 'delivered').map(({ event }) => event.id)
  const last = ended.at(-1)
  const isGone = ended.some(({ status }) => status === GONE)
  await sql.begin(async (trx) => {
    // The webhook before its events: as they are locked by whoever deletes it.
    await trx`
      update messages.webhooks
      set rests_until = ${new Date(restsUntil)}, last_try_at = ${new Date(now)},
        last_status = ${last?.status ?? null}, last_problem = ${last ? problemOf(last) : null},
        state = case when ${isGone} and state = 'on' then 'gone' else state end
      where id = ${webhook.id}`
    await trx`
      delete from messages.webhook_events
      where webhook_id = ${webhook.id} and id = any(${delivered}::text[])`
    for (const one of ended) await recordTry(trx, one, now)
  })
}

/** The server says that nobody is there any more. */
export const GONE = 410

const problemOf = (ended: Ended) => (ended.kind === 'delivered' ? null : ended.problem)

async function recordTry(sql: Queries, ended: Ended, now: number): Promise<void> {
  if (ended.kind === 'delivered') return
  const { event, status, problem } = ended
  await sql`
    update messages.webhook_events
    set state = ${ended.kind === 'failed' ? 'failed' : 'waiting'}, tries = tries + 1,
      next_at = ${new Date(ended.kind === 'failed' ? now : ended.at)}, status = ${status},
      problem = ${problem}
    where webhook_id = ${event.webhook_id} and id = ${event.id}`
}

/** Long enough to look why. */
const FAILED_KEPT_MS = 14 * 24 * 3_600_000

export async function forgetFailed(sql: Sql, now: number): Promise<void> {
  await sql`
    delete from messages.webhook_events
    where state = 'failed' and next_at < ${new Date(now - FAILED_KEPT_MS)}`
}
