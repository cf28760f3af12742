import type { Queries } from '@chatapp/service-kit'
import type { SearchDocument } from '../document.ts'
import type { Lookout, Place } from '../search-index.ts'
import type { Engine } from './engine.ts'
import type { Refusal } from './write.ts'

/** So many are proposed by every search; more would mean that something else is wrong. */
const PROPOSED_MAX = 200

/** Sets aside what the engine will not take, so that the rest goes on, and says so. */
export async function setAside(engine: Engine, sql: Queries, refusals: Refusal[]): Promise<void> {
  const latest = new Map(refusals.map((one) => [keyOf(one.document), one]))
  for (const { document, reason } of latest.values()) {
    const { conversationId, position, version } = document
    engine.meters.refusals.inc()
    engine.log.error(
      { conversationId, position, version, reason },
      'the search engine does not take a message: searches look at it in the log',
    )
    await sql`
      insert into messages.engine_refusals (conversation_id, position, version, reason, refused_at)
      values (${conversationId}, ${position}, ${version}, ${reason}, now())
      on conflict (conversation_id, position) do update
      set version = excluded.version, reason = excluded.reason, refused_at = excluded.refused_at`
  }
}

/** They were taken after all, in a later version. */
export async function takeBack(sql: Queries, documents: SearchDocument[]): Promise<void> {
  await sql`
    delete from messages.engine_refusals r
    using unnest(${documents.map((d) => d.conversationId)}::uuid[], ${documents.map((d) => d.position)}::int[])
      as taken (conversation_id, position)
    where r.conversation_id = taken.conversation_id and r.position = taken.position`
}

export async function findRefused(sql: Queries, { conversationIds }: Lookout): Promise<Place[]> {
  return sql<Place[]>`
    select m.sent_at as "sentAt", m.conversation_id as "conversationId", m.position
    from messages.engine_refusals r
    join messages.messages m on m.conversation_id = r.conversation_id and m.position = r.position
    where r.conversation_id = any(${conversationIds}::uuid[])
    order by r.refused_at desc limit ${PROPOSED_MAX}`
}

const keyOf = ({ conversationId, position }: SearchDocument) => `${conversationId} ${position}`
