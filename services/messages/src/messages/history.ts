import type { AnswerOf, QueryOf, routes } from '@chatapp/protocol'
import type { Sql } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import type { MessageRow } from '../db/schema.ts'
import { floor } from '../participants/queries.ts'
import { findOldPage, type SpanPage } from './old-page.ts'
import { presentMessage } from './present.ts'

type Query = QueryOf<typeof routes.getHistory>
type Page = AnswerOf<typeof routes.getHistory>

interface Span {
  /** Positions above this one … */
  above: number
  /** … and below this one, … */
  below: number
  /** … the lowest ones first or the highest ones first. */
  from: 'start' | 'end'
  limit: number
}

interface Wanted {
  conversationId: string
  userId: string
  query: Query
}

const BEYOND = 2_147_483_647

/** One page by position; costs the same at any depth and any length of the conversation. */
export async function getHistory(context: Context, wanted: Wanted): Promise<Page> {
  const pages = await readPages(context, wanted)
  const [first] = pages
  if (!first) throw notFound()
  const rows = pages.flatMap((page) => page.rows)
  const { floor, lastPosition } = first
  const lowest = rows[0]?.position
  const highest = rows.at(-1)?.position
  return {
    items: rows.map((row) => presentMessage(row, floor)),
    before: lowest !== undefined && lowest > floor + 1 ? lowest : null,
    after: highest !== undefined && highest < lastPosition ? highest : null,
  }
}

async function readPages(
  context: Context,
  { conversationId, userId, query }: Wanted,
): Promise<SpanPage[]> {
  const { before, limit } = query
  const old =
    before !== undefined && (await findOldPage(context, { conversationId, userId, before, limit }))
  if (old) return [old]
  return Promise.all(
    spansOf(query).map((span) => readSpan(context.sql, { conversationId, userId, span })),
  )
}

/** Ascending and disjoint. */
function spansOf({ before, after, around, limit }: Query): Span[] {
  if (around !== undefined) {
    const older = Math.floor((limit - 1) / 2)
    return [
      ...(older > 0 ? [{ above: 0, below: around, from: 'end' as const, limit: older }] : []),
      { above: around - 1, below: BEYOND, from: 'start', limit: limit - older },
    ]
  }
  if (after !== undefined) return [{ above: after, below: BEYOND, from: 'start', limit }]
  return [{ above: 0, below: before ?? BEYOND, from: 'end', limit }]
}

interface SpanOf {
  conversationId: string
  userId: string
  span: Span
}

/** Membership and messages in one statement: who is no member gets no row at all. */
async function readSpan(sql: Sql, { conversationId, userId, span }: SpanOf): Promise<SpanPage> {
  const order = span.from === 'start' ? sql`order by position` : sql`order by position desc`
  const rows = await sql<(MessageRow & { floor: number; last: number })[]>`
    with mine as (
      select c.last_position as last, ${floor(sql)} as floor
      from messages.participants p join messages.conversations c on c.id = p.conversation_id
      where p.conversation_id = ${conversationId} and p.user_id = ${userId} and p.left_position is null
    )
    select mine.floor, mine.last, m.* from mine left join lateral (
      select * from messages.messages
      where conversation_id = ${conversationId} and position > greatest(${span.above}::int, mine.floor)
        and position < ${span.below}::int
      ${order} limit ${span.limit}
    ) m on true
    order by m.position`
  const [first] = rows
  if (!first) throw notFound()
  return {
    rows: rows.filter((row) => row.position !== null),
    floor: first.floor,
    lastPosition: first.last,
  }
}
