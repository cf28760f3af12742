import type { MailOrder } from '@chatapp/protocol'
import type { Queries, Sql } from '@chatapp/service-kit'
import type { MailRow } from '../db/schema.ts'

/**
 * Whoever took a mail and is heard no more has died: another process takes it. Longer than the
 * slowest server that still answers takes for one.
 */
const LEASE_MS = 180_000

/** What was ordered before, by the same id, changes nothing. */
export async function insertOrders(sql: Queries, orders: MailOrder[], now: number): Promise<void> {
  await sql`
    insert into notifications.mails (id, user_id, kind, next_at, created_at, expires_at)
    select i, u, k, ${new Date(now)}, ${new Date(now)}, e from unnest(
      ${orders.map(({ id }) => id)}::uuid[], ${orders.map(({ userId }) => userId)}::uuid[],
      ${orders.map(({ kind }) => kind)}::text[],
      ${orders.map(({ expiresAt }) => expiresAt)}::timestamptz[]
    ) as new (i, u, k, e)
    on conflict do nothing`
}

/** Takes what is due, the longest waiting first; several processes take different ones. */
export async function takeDueMails(
  sql: Sql,
  { limit, now }: { limit: number; now: number },
): Promise<MailRow[]> {
  return sql<MailRow[]>`
    with due as (
      select id from notifications.mails where state = 'waiting' and next_at <= ${new Date(now)}
      order by next_at limit ${limit} for update skip locked
    )
    update notifications.mails m
    set next_at = ${new Date(now + LEASE_MS)}, tries = m.tries + 1
    from due where m.id = due.id returning m.*`
}

export interface MailEnd {
  id: string
  state: Exclude<MailRow['state'], 'waiting'>
  /** Of SMTP; null without an answer. */
  status: number | null
}

export async function endMail(sql: Queries, { id, state, status }: MailEnd, now: number) {
  await sql`
    update notifications.mails
    set state = ${state}, status = ${status}, ended_at = ${new Date(now)} where id = ${id}`
}

export async function postponeMail(
  sql: Queries,
  { id, againAt, status }: { id: string; againAt: number; status: number | null },
): Promise<void> {
  await sql`
    update notifications.mails set next_at = ${new Date(againAt)}, status = ${status}
    where id = ${id}`
}

export interface MailQueue {
  count: number
  oldest: Date | null
}

export async function measureMails(sql: Sql): Promise<MailQueue> {
  const [row] = await sql<MailQueue[]>`
    select count(*)::int as count, min(created_at) as oldest
    from notifications.mails where state = 'waiting'`
  return row ?? { count: 0, oldest: null }
}
