import type { DigestPeriod, NotificationPreferences } from '@chatapp/protocol'
import { createId, type Queries, type Sql } from '@chatapp/service-kit'
import type { DigestRow } from '../db/schema.ts'
import { FIRST_LOOK_MS } from './policy.ts'

/** A mail that the server does not take for so long is of no use; the next one has it all. */
const EXPIRES_AFTER_MS = 24 * 3_600_000

export interface Missing {
  userId: string
  since: Date
}

/** Of whom something waits already waits since then. */
export async function insertMissing(sql: Queries, missing: Missing[], now: number): Promise<void> {
  if (missing.length === 0) return
  const sorted = missing.toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
  await sql`
    insert into notifications.digests as d (user_id, waiting_since, look_at)
    select u, s, ${new Date(now + FIRST_LOOK_MS)}::timestamptz from unnest(
      ${sorted.map(({ userId }) => userId)}::uuid[],
      ${sorted.map(({ since }) => since.toISOString())}::timestamptz[]
    ) as new (u, s)
    on conflict (user_id) do update
      set waiting_since = excluded.waiting_since, look_at = excluded.look_at
      where d.waiting_since is null`
}

export interface Seen {
  userId: string
  at: Date
}

/** They were there: their absence begins anew. */
export async function markSeen(sql: Queries, seen: Seen[]): Promise<void> {
  if (seen.length === 0) return
  await sql`
    with seen as (
      select d.user_id, s.at from notifications.digests d
      join unnest(
        ${seen.map(({ userId }) => userId)}::uuid[],
        ${seen.map(({ at }) => at.toISOString())}::timestamptz[]
      ) as s (user_id, at) using (user_id)
      where d.waiting_since is not null order by d.user_id for update of d
    )
    update notifications.digests d set seen_at = greatest(d.seen_at, seen.at)
    from seen where d.user_id = seen.user_id`
}

/** Somebody has chosen otherwise. */
export async function lookAgain(sql: Queries, userId: string, now: number): Promise<void> {
  await sql`
    update notifications.digests set look_at = ${new Date(now)}
    where user_id = ${userId} and waiting_since is not null`
}

const LOOKED_AT_ONCE = 200

export async function findToLookAt(sql: Sql, now: number): Promise<string[]> {
  const rows = await sql<{ user_id: string }[]>`
    select user_id from notifications.digests
    where waiting_since is not null and look_at <= ${new Date(now)}
    order by look_at limit ${LOOKED_AT_ONCE}`
  return rows.map((row) => row.user_id)
}

export type Looked = DigestRow & {
  waiting_since: Date
  digest: boolean | null
  digest_every: DigestPeriod | null
  do_not_disturb: NotificationPreferences['doNotDisturb']
  is_queued: boolean
}

/** Those among them whom no other process looks at, or has just looked at. */
export function lockToLookAt(sql: Queries, userIds: string[], now: number): PromiseLike<Looked[]> {
  return sql<Looked[]>`
    select d.*, p.digest, p.digest_every, p.do_not_disturb, exists (
      select 1 from notifications.mails m
      where m.user_id = d.user_id and m.kind = 'digest' and m.state = 'waiting'
    ) as is_queued
    from notifications.digests d left join notifications.preferences p using (user_id)
    where d.user_id = any(${userIds}::uuid[]) and d.waiting_since is not null
      and d.look_at <= ${new Date(now)}
    order by d.user_id for update of d skip locked`
}

export async function dropMissing(sql: Queries, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return
  await sql`
    update notifications.digests set waiting_since = null, asked_at = null
    where user_id = any(${userIds}::uuid[])`
}

export interface Question {
  userId: string
  lookAt: number
}

export async function noteAsked(sql: Queries, asked: Question[], now: number): Promise<void> {
  if (asked.length === 0) return
  await sql`
    update notifications.digests d set look_at = a.look_at, asked_at = ${new Date(now)}
    from unnest(
      ${asked.map(({ userId }) => userId)}::uuid[],
      ${asked.map(({ lookAt }) => new Date(lookAt).toISOString())}::timestamptz[]
    ) as a (user_id, look_at)
    where d.user_id = a.user_id`
}

/** What waits is handed to the queue of mail, both at once or neither. */
export async function orderDigests(sql: Queries, userIds: string[], now: number): Promise<void> {
  if (userIds.length === 0) return
  await dropMissing(sql, userIds)
  await sql`
    insert into notifications.mails (id, user_id, kind, next_at, created_at, expires_at)
    select i, u, 'digest', ${new Date(now)}, ${new Date(now)}, ${new Date(now + EXPIRES_AFTER_MS)}
    from unnest(${userIds.map(() => createId(now))}::uuid[], ${userIds}::uuid[]) as new (i, u)
    on conflict do nothing`
}

/** Of the last message that a digest has told of; null: there was none. */
export async function findToldUntil(sql: Sql, userId: string): Promise<string | null> {
  const [row] = await sql<Pick<DigestRow, 'told_until'>[]>`
    select told_until from notifications.digests where user_id = ${userId}`
  return row?.told_until?.toISOString() ?? null
}

export async function noteOffered(sql: Sql, userId: string, until: string): Promise<void> {
  await sql`
    update notifications.digests set offered_until = ${until}::timestamptz where user_id = ${userId}`
}

export async function noteTold(sql: Queries, userId: string, now: number): Promise<void> {
  await sql`
    update notifications.digests set sent_at = ${new Date(now)}, told_until = offered_until
    where user_id = ${userId}`
}
