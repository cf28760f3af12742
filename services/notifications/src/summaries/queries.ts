import { type NotificationChange, POSITION_MAX } from '@chatapp/protocol'
import type { Queries, Sql } from '@chatapp/service-kit'
import { GATHER_MS } from './policy.ts'

/** Stands for the conversation in a topic about all old news; the last in the order of all ids. */
export const SUMMARY = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Unread messages of one conversation that were told too late. */
export interface OldNews {
  conversationId: string
  firstPosition: number
  position: number
  title: string
  count: number
}

/** As it is now, the latest conversation first. */
export async function findOldNews(sql: Sql, userIds: string[]): Promise<Map<string, OldNews[]>> {
  if (userIds.length === 0) return new Map()
  const rows = await sql<(OldNews & { userId: string })[]>`
    select o.user_id as "userId", o.conversation_id as "conversationId",
      o.first_position as "firstPosition", o.position, o.title, n.count
    from notifications.old_news o cross join lateral (
      select count(*)::int as count from notifications.notices n
      where n.user_id = o.user_id and n.conversation_id = o.conversation_id
        and n.position between o.first_position and o.position and n.outcome = 'digest'
    ) n
    where o.user_id = any(${userIds}::uuid[]) and n.count > 0
    order by o.told_at desc, o.conversation_id desc`
  return Map.groupBy(rows, ({ userId }) => userId)
}

export interface Late {
  userId: string
  conversationId: string
  position: number
  title: string
}

/** In the order of people, conversations and positions. */
export async function saveOldNews(sql: Queries, late: Late[], now: number): Promise<void> {
  if (late.length === 0) return
  const spans = [...Map.groupBy(late, (one) => `${one.userId} ${one.conversationId}`).values()]
  const firsts = spans.flatMap((span) => span.slice(0, 1))
  const lasts = spans.flatMap((span) => span.slice(-1))
  await sql`
    insert into notifications.old_news as o
      (user_id, conversation_id, first_position, position, title, told_at)
    select *, ${new Date(now)}::timestamptz from unnest(
      ${firsts.map(({ userId }) => userId)}::uuid[],
      ${firsts.map(({ conversationId }) => conversationId)}::uuid[],
      ${firsts.map(({ position }) => position)}::int[],
      ${lasts.map(({ position }) => position)}::int[], ${lasts.map(({ title }) => title)}::text[])
    on conflict (user_id, conversation_id) do update set
      first_position = least(o.first_position, excluded.first_position),
      position = greatest(o.position, excluded.position), told_at = excluded.told_at,
      title = case when excluded.position > o.position then excluded.title else o.title end`
}

type Over = Extract<NotificationChange, { type: 'read' | 'left' }>
type Unsent = Extract<NotificationChange, { type: 'unsent' }>

/** Resolves to whose summary is about less then. */
export async function passOldNews(sql: Queries, over: Over[]): Promise<string[]> {
  if (over.length === 0) return []
  const rows = await sql<{ user_id: string }[]>`
    update notifications.old_news o set first_position = least(p.position, o.position) + 1
    from (
      select user_id, conversation_id, max(position) as position
      from unnest(${over.map(({ userId }) => userId)}::uuid[],
        ${over.map(({ conversationId }) => conversationId)}::uuid[],
        ${over.map((one) => (one.type === 'read' ? one.position : POSITION_MAX))}::int[]
      ) as one (user_id, conversation_id, position)
      group by user_id, conversation_id
    ) p
    where o.user_id = p.user_id and o.conversation_id = p.conversation_id
      and o.first_position <= p.position
    returning o.user_id`
  return rows.map((row) => row.user_id)
}

/** Whose summary is about it; asked before it is written down that it is unsent. */
export async function findSummed(sql: Queries, unsent: Unsent[]): Promise<string[]> {
  if (unsent.length === 0) return []
  const rows = await sql<{ user_id: string }[]>`
    select o.user_id from unnest(
      ${unsent.map(({ conversationId }) => conversationId)}::uuid[],
      ${unsent.map(({ position }) => position)}::int[]
    ) as u (conversation_id, position)
    join notifications.old_news o on o.conversation_id = u.conversation_id
      and u.position between o.first_position and o.position
    join notifications.notices n on n.user_id = o.user_id
      and n.conversation_id = u.conversation_id and n.position = u.position
    where n.outcome = 'digest'`
  return rows.map((row) => row.user_id)
}

/** What is shown counts the rest, after a while in which more may be read; or it is taken away. */
export async function shrinkSummaries(sql: Queries, userIds: string[], now: number): Promise<void> {
  if (userIds.length === 0) return
  await sql`
    delete from notifications.old_news o
    where user_id = any(${userIds}::uuid[]) and not exists (
      select 1 from notifications.notices n
      where n.user_id = o.user_id and n.conversation_id = o.conversation_id
        and n.position between o.first_position and o.position and n.outcome = 'digest'
    )`
  // Whoever adds to a summary holds it: what they have added is seen after they let go of it.
  await sql`
    select 1 from notifications.topics
    where conversation_id = ${SUMMARY} and user_id = any(${userIds}::uuid[])
    order by subscription_id for update`
  await sql`
    update notifications.topics t
    set generation = generation + 1, state = case when r.is_left then 'waiting' else 'closing' end,
      next_at = case when t.state <> 'shown' then t.next_at
        when r.is_left then ${new Date(now + GATHER_MS)}::timestamptz
        else ${new Date(now)}::timestamptz end,
      created_at = case when t.state = 'shown' then ${new Date(now)}::timestamptz
        else t.created_at end
    from (
      select id, exists (select 1 from notifications.old_news where user_id = id) as is_left
      from unnest(${userIds}::uuid[]) as person (id) group by id
    ) r
    where t.conversation_id = ${SUMMARY} and t.user_id = r.id and t.state <> 'closing'`
  await sql`
    delete from notifications.topics
    where conversation_id = ${SUMMARY} and user_id = any(${userIds}::uuid[])
      and state = 'closing' and not is_out`
}
