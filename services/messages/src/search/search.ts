import {
  type AnswerOf,
  invalidField,
  positionSchema,
  type QueryOf,
  type routes,
  timeInputSchema,
} from '@chatapp/protocol'
import type { Sql } from '@chatapp/service-kit'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { MessageRow } from '../db/schema.ts'
import { presentMessage } from '../messages/present.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { highlight, patternOf, termsOf } from './terms.ts'

type Found = AnswerOf<typeof routes.searchMessages>
type Query = QueryOf<typeof routes.searchMessages>
type Hit = MessageRow & { title: string | null; floor: number }

const cursorSchema = z.tuple([timeInputSchema, z.uuid(), positionSchema])
type Place = z.infer<typeof cursorSchema>

/**
 * Messages that have every word of the query, newest first. It reads the caller's conversations as
 * they are now, so nothing unsent, edited away or no longer allowed is ever found.
 */
export async function searchMessages(
  { searches }: Context,
  userId: string,
  query: Query,
): Promise<Found> {
  const terms = termsOf(query.q)
  if (terms.length === 0) throw invalidField('q', 'must have at least one word')
  const after = query.cursor === undefined ? undefined : readCursor(cursorSchema, query.cursor)
  const hits = await findHits(searches, { userId, terms, limit: query.limit + 1, after })
  const shown = hits.slice(0, query.limit)
  const last = hits.length > query.limit ? shown.at(-1) : undefined
  return {
    items: shown.map((hit) => ({
      message: presentMessage(hit, hit.floor),
      conversation: { id: hit.conversation_id, title: hit.title },
      highlights: highlight(hit.body ?? '', terms),
    })),
    next: last
      ? writeCursor([last.sent_at.toISOString(), last.conversation_id, last.position])
      : null,
    degraded: false,
  }
}

interface Search {
  userId: string
  terms: string[]
  limit: number
  after: Place | undefined
}

function findHits(sql: Sql, { userId, terms, limit, after }: Search): PromiseLike<Hit[]> {
  const beyond = after
    ? sql`and (m.sent_at, m.conversation_id, m.position) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}::int)`
    : sql``
  return sql<Hit[]>`
    select m.*, mine.title, mine.floor from (
      select c.id, c.title, case c.history when 'shared' then 0 else p.joined_position end as floor
      from messages.participants p join messages.conversations c on c.id = p.conversation_id
      where p.user_id = ${userId} and p.left_position is null
    ) mine
    join messages.messages m on m.conversation_id = mine.id and m.position > mine.floor
    where m.kind = 'text' and m.body ilike all (${terms.map(patternOf)}::text[]) ${beyond}
    order by m.sent_at desc, m.conversation_id desc, m.position desc
    limit ${limit}`
}
