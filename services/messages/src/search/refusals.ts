import type { Queries } from '@chatapp/service-kit'
import type { SearchDocument } from './document.ts'
import { keyOf, type Place } from './search-index.ts'

/** An index will never take it. */
export interface Refusal {
  document: SearchDocument
  reason: string
}

/** What each index has refused is kept apart: it may be no trouble for the other one. */
export type RefusalsTable = 'search_refusals' | 'engine_refusals'

/** So many are proposed by every search; more would mean that something else is wrong. */
const PROPOSED_MAX = 200

/** So that the rest goes on, and searches look at these in the log. */
export async function setAside(
  sql: Queries,
  table: RefusalsTable,
  refusals: Refusal[],
): Promise<void> {
  const latest = new Map(refusals.map((one) => [keyOf(one.document), one]))
  for (const { document, reason } of latest.values()) {
    const { conversationId, position, version } = document
    await sql`
      insert into messages.${sql(table)} (conversation_id, position, version, reason, refused_at)
      values (${conversationId}, ${position}, ${version}, ${reason}, now())
      on conflict (conversation_id, position) do update
      set version = excluded.version, reason = excluded.reason, refused_at = excluded.refused_at`
  }
}

/** They were taken after all, in a later version. */
export async function takeBack(
  sql: Queries,
  table: RefusalsTable,
  documents: SearchDocument[],
): Promise<void> {
  await sql`
    delete from messages.${sql(table)} r
    using unnest(${documents.map((d) => d.conversationId)}::uuid[], ${documents.map((d) => d.position)}::int[])
      as taken (conversation_id, position)
    where r.conversation_id = taken.conversation_id and r.position = taken.position`
}

export async function findRefused(
  sql: Queries,
  table: RefusalsTable,
  conversationIds: string[],
): Promise<Place[]> {
  return sql<Place[]>`
    select m.sent_at as "sentAt", m.conversation_id as "conversationId", m.position
    from messages.${sql(table)} r
    cross join lateral (
      select * from messages.messages
      where conversation_id = r.conversation_id and position = r.position
      limit 1
    ) m
    where r.conversation_id = any(${conversationIds}::uuid[])
    order by r.refused_at desc limit ${PROPOSED_MAX}`
}
