import { type MessageNotice, type NotificationChange, POSITION_MAX } from '@chatapp/protocol'
import type { Queries, Sql } from '@chatapp/service-kit'

/** A dead connection is found out before. */
const KEPT_FOR_MS = 120_000

/** For one person. */
type OwnNotice = MessageNotice & { userId: string }

/** What is on somebody's screen now, as far as is known. */
export async function saveUnseen(sql: Queries, shown: OwnNotice[], now: number): Promise<void> {
  if (shown.length === 0) return
  await sql`
    insert into notifications.unseen (user_id, conversation_id, position, notice, at)
    select u, c, p, n::jsonb, ${new Date(now)}::timestamptz from unnest(
      ${shown.map(({ userId }) => userId)}::uuid[],
      ${shown.map(({ conversationId }) => conversationId)}::uuid[],
      ${shown.map(({ position }) => position)}::int[],
      ${shown.map(({ userId: _, ...notice }) => JSON.stringify(notice))}::text[]
    ) as new (u, c, p, n)
    on conflict do nothing`
}

export interface Lost {
  userId: string
  conversationId: string
  since: number
}

export async function findUnseen(
  sql: Sql,
  { userId, conversationId, since }: Lost,
): Promise<MessageNotice[]> {
  const rows = await sql<{ notice: MessageNotice }[]>`
    select notice from notifications.unseen
    where user_id = ${userId} and conversation_id = ${conversationId} and at >= ${new Date(since)}
    order by position`
  return rows.map(({ notice }) => notice)
}

/** Resolves to the positions that nobody else has taken, and that were not read meanwhile. */
export async function takeUnseen(
  sql: Queries,
  { userId, conversationId }: Lost,
  positions: number[],
): Promise<Set<number>> {
  const rows = await sql<{ position: number }[]>`
    delete from notifications.unseen
    where user_id = ${userId} and conversation_id = ${conversationId}
      and position = any(${positions}::int[])
    returning position`
  return new Set(rows.map(({ position }) => position))
}

/** Of what is read, left or unsent nobody has to be told. */
export async function forgetSeen(sql: Queries, changes: NotificationChange[]): Promise<void> {
  const over = changes.filter((one) => one.type === 'read' || one.type === 'left')
  const unsent = changes.filter((one) => one.type === 'unsent')
  if (over.length > 0)
    await sql`
      delete from notifications.unseen s using unnest(
        ${over.map(({ userId }) => userId)}::uuid[],
        ${over.map(({ conversationId }) => conversationId)}::uuid[],
        ${over.map((one) => (one.type === 'read' ? one.position : POSITION_MAX))}::int[]
      ) as o (user_id, conversation_id, position)
      where s.user_id = o.user_id and s.conversation_id = o.conversation_id
        and s.position <= o.position`
  if (unsent.length > 0)
    await sql`
      delete from notifications.unseen s using unnest(
        ${unsent.map(({ conversationId }) => conversationId)}::uuid[],
        ${unsent.map(({ position }) => position)}::int[]
      ) as u (conversation_id, position)
      where s.conversation_id = u.conversation_id and s.position = u.position`
}

export async function forgetUnseen(sql: Sql, now: number): Promise<void> {
  await sql`delete from notifications.unseen where at < ${new Date(now - KEPT_FOR_MS)}`
}
