import type { ActivityItem } from '@chatapp/protocol'
import type { Sql, Statement } from '@chatapp/service-kit'
import type { MessageRow } from '../db/schema.ts'
import { EVERYONE_ID } from '../everyone.ts'
import { floor } from '../participants/queries.ts'

/** A message as it is now, with why it is for the caller. */
export type Concern = MessageRow & {
  calling: ActivityItem['kind']
  title: string | null
  /** Up to here the caller sees nothing. */
  floor: number
  isUnread: boolean
}

export interface Place {
  sentAt: Date
  conversationId: string
  position: number
}

export interface Wanted {
  userId: string
  limit: number
  behind: Place | undefined
}

/**
 * My own rows are in order already. Those for everybody are looked up in each of my conversations,
 * for there is one of them and not one for each member. What is in both counts once.
 */
export function findConcerns(sql: Sql, wanted: Wanted): PromiseLike<Concern[]> {
  const { userId, limit } = wanted
  return sql<Concern[]>`
    select ${columns(sql)} from (
      select distinct on (sent_at, conversation_id, position) * from (
        (${findOwn(sql, wanted)}) union all (${findForEverybody(sql, wanted)})
      ) either
      order by sent_at desc, conversation_id desc, position desc, user_id desc limit ${limit}
    ) a
    join messages.participants p on p.conversation_id = a.conversation_id and p.user_id = ${userId}
    join messages.conversations c on c.id = a.conversation_id
    ${withMessage(sql)}
    ${latestFirst(sql)}`
}

const findOwn = (sql: Sql, wanted: Wanted) => sql`
  select a.* from messages.activity a
  join messages.participants p on p.conversation_id = a.conversation_id
    and p.user_id = a.user_id and p.left_position is null
  join messages.conversations c on c.id = a.conversation_id
  where a.user_id = ${wanted.userId} and a.position > ${floor(sql)} ${isBehind(sql, wanted)}
  ${latestFirst(sql)} limit ${wanted.limit}`

const findForEverybody = (sql: Sql, wanted: Wanted) => sql`
  select x.* from messages.participants p
  cross join lateral (
    select a.* from messages.activity a
    where a.conversation_id = p.conversation_id and a.user_id = ${EVERYONE_ID}
      and a.position > p.joined_position and a.sender_id <> p.user_id ${isBehind(sql, wanted)}
    order by a.position desc limit ${wanted.limit}
  ) x
  where p.user_id = ${wanted.userId} and p.left_position is null
  order by x.sent_at desc, x.conversation_id desc, x.position desc limit ${wanted.limit}`

/** Of my conversations most have nothing new, and of the others only that is looked at. */
export function findUnread(sql: Sql, wanted: Wanted): PromiseLike<Concern[]> {
  const { userId, limit } = wanted
  return sql<Concern[]>`
    select x.* from messages.participants p join messages.conversations c on c.id = p.conversation_id
    cross join lateral (
      select distinct on (a.position) ${columns(sql)} ${fromUnread(sql)} ${isBehind(sql, wanted)}
      order by a.position desc, a.user_id desc limit ${limit}
    ) x
    where ${hasUnread(sql, userId)}
    order by sent_at desc, conversation_id desc, position desc limit ${limit}`
}

export async function countUnread(sql: Sql, userId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select coalesce(sum(x.count), 0)::int as count
    from messages.participants p join messages.conversations c on c.id = p.conversation_id
    cross join lateral (select count(distinct a.position) ${fromUnread(sql)}) x
    where ${hasUnread(sql, userId)}`
  return row?.count ?? 0
}

/** Everybody's id is the lowest: a row of my own comes before it. */
const fromUnread = (sql: Sql) => sql`
  from messages.activity a
  ${withMessage(sql)}
  where a.conversation_id = p.conversation_id and a.user_id in (p.user_id, ${EVERYONE_ID})
    and a.position > greatest(${readUpTo(sql)}, ${floor(sql)})
    and (a.user_id = p.user_id or (a.position > p.joined_position and a.sender_id <> p.user_id))`

/**
 * By its key: the planner expects a conversation of average length, and would read all of a long one
 * for each row.
 */
const withMessage = (sql: Sql) => sql`
  cross join lateral (
    select * from messages.messages
    where conversation_id = a.conversation_id and position = a.position and unsent_at is null
    limit 1
  ) m`

export const hasUnread = (sql: Sql, userId: string) => sql`
  p.user_id = ${userId} and p.left_position is null and c.last_position > ${readUpTo(sql)}`

const columns = (sql: Sql) => sql`
  m.*, a.kind as calling, c.title, ${floor(sql)} as floor, a.position > ${readUpTo(sql)} as "isUnread"`

/** As conversations count: up to the cursor, or to where the person has marked it unread. */
export const readUpTo = (sql: Sql) => sql`coalesce(p.unread_from - 1, p.read_position)`

/** Between conversations it can only be by time. */
const latestFirst = (sql: Sql) =>
  sql`order by a.sent_at desc, a.conversation_id desc, a.position desc`

function isBehind(sql: Sql, { behind }: Wanted): Statement<unknown> {
  if (!behind) return sql``
  return sql`and (a.sent_at, a.conversation_id, a.position)
    < (${behind.sentAt}::timestamptz, ${behind.conversationId}::uuid, ${behind.position}::int)`
}

/** The messages that these answer, as far as the caller may see them. */
export async function findQuotes(sql: Sql, concerns: Concern[]): Promise<Map<string, MessageRow>> {
  const answers = concerns.filter(({ reply_to: replyTo, floor }) => (replyTo ?? 0) > floor)
  if (answers.length === 0) return new Map()
  const rows = await sql<MessageRow[]>`
    select m.* from unnest(${answers.map((one) => one.conversation_id)}::uuid[],
      ${answers.map((one) => one.reply_to)}::int[]) as q (conversation_id, position)
    cross join lateral (
      select * from messages.messages
      where conversation_id = q.conversation_id and position = q.position
      limit 1
    ) m`
  return new Map(rows.map((row) => [placeKey(row.conversation_id, row.position), row]))
}

export const placeKey = (conversationId: string, position: number | null) =>
  `${conversationId} ${position}`
