import type { Sql } from '@chatapp/service-kit'
import type { MessageRow } from '../db/schema.ts'
import { floor } from '../participants/queries.ts'
import type { Conditions } from './conditions.ts'
import { markersOf } from './document.ts'
import { keyOf, type Place } from './search-index.ts'
import { type Match, matchText } from './words/match.ts'
import type { Terms } from './words/terms.ts'

/** A message as it is now, which the caller may read now. */
export type Readable = MessageRow & { title: string | null; floor: number; isUnread: boolean }

export interface Hit {
  row: Readable
  match: Match
}

/**
 * One statement asks anew what the caller may read, and takes the text from the log itself: each by
 * its key, because the planner, who expects a conversation of average length, would read all of a long one.
 */
export async function readMessages(
  sql: Sql,
  userId: string,
  places: Place[],
): Promise<Map<string, Readable>> {
  const rows = await sql<Readable[]>`
    select m.*, mine.title, mine.floor,
      m.position > mine.read_position and m.sender_id <> ${userId} as "isUnread"
    from (
      select c.id, c.title, p.read_position,
        ${floor(sql)} as floor
      from messages.participants p join messages.conversations c on c.id = p.conversation_id
      where p.user_id = ${userId} and p.left_position is null
        and p.conversation_id = any(${[...new Set(places.map((place) => place.conversationId))]}::uuid[])
    ) mine
    join unnest(${places.map((place) => place.conversationId)}::uuid[], ${places.map((place) => place.position)}::int[])
      as place (conversation_id, position) on place.conversation_id = mine.id and place.position > mine.floor
    cross join lateral (
      select * from messages.messages
      where conversation_id = place.conversation_id and position = place.position
        and kind = 'text' and unsent_at is null
      limit 1
    ) m`
  return new Map(
    rows.map((row) => [
      keyOf({ conversationId: row.conversation_id, position: row.position }),
      row,
    ]),
  )
}

/** The last word on what an index has proposed: what the message says now must fit. */
export function judge(
  row: Readable,
  terms: Terms,
  { markers, noMarkers, unread }: Conditions,
): Match | undefined {
  const own = new Set(markersOf(row))
  if (!markers.every((any) => any.some((marker) => own.has(marker)))) return undefined
  if (noMarkers.some((marker) => own.has(marker))) return undefined
  if (unread !== undefined && row.isUnread !== unread) return undefined
  return matchText(row.body ?? '', terms)
}
