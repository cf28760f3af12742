import type { Sql } from '@chatapp/service-kit'
import { keyOf, type Lookout, type Place, type Within } from './search-index.ts'

/** So many of the latest changes are looked through beside the index; an idle system has none. */
const PENDING_ROWS_MAX = 200

/** Whether there are more than are looked through. */
export async function hasManyPending(sql: Sql, consumer: string): Promise<boolean> {
  const rows = await sql`
    select from messages.outbox where consumer = ${consumer}
    offset ${PENDING_ROWS_MAX} limit 1`
  return rows.length > 0
}

/** Messages whose latest change the index does not know yet; whether they fit, the judge says. */
export async function findPending(
  sql: Sql,
  { conversationIds: ids, sentFrom, sentBefore }: Within,
  consumer: string,
): Promise<Place[]> {
  return sql<Place[]>`
    with pending as materialized (
      select conversation_ids, from_versions, to_versions from messages.outbox
      where consumer = ${consumer} order by id desc limit ${PENDING_ROWS_MAX}
    )
    select distinct m.sent_at as "sentAt", m.conversation_id as "conversationId", m.position
    from pending cross join lateral
      unnest(conversation_ids, from_versions, to_versions) as change (conversation_id, after, up_to)
    cross join lateral (
      select * from messages.messages
      where conversation_id = change.conversation_id
        and version > change.after and version <= change.up_to
      offset 0
    ) m
    where change.conversation_id = any(${ids}::uuid[]) and m.kind = 'text'
      and m.sent_at >= ${sentFrom ?? '-infinity'}::timestamptz
      and m.sent_at < ${sentBefore ?? 'infinity'}::timestamptz`
}

/**
 * What the index proposes and what is pending, newest first, each once. Where the index may have
 * more, nothing beyond its last place is proposed yet.
 */
export function merge(lookout: Lookout, proposed: Place[], pending: Place[]): Place[] {
  const isNewer = orderOf(lookout)
  const last = proposed.length >= lookout.limit ? proposed.at(-1) : undefined
  const known = new Set(proposed.map(keyOf))
  const isNew = (place: Place) => !known.has(keyOf(place)) && known.add(keyOf(place))
  const extra = pending.filter(
    (place) =>
      isNew(place) &&
      (!lookout.behind || isNewer(lookout.behind, place)) &&
      (!last || isNewer(place, last)),
  )
  return [...proposed, ...extra].sort((a, b) => (isNewer(a, b) ? -1 : 1))
}

/** In one conversation the order is that of the log; between several it can only be by time. */
function orderOf({ conversationIds }: Lookout): (a: Place, b: Place) => boolean {
  if (conversationIds.length === 1) return (a, b) => a.position > b.position
  return (a, b) => {
    const byTime = a.sentAt.getTime() - b.sentAt.getTime()
    if (byTime !== 0) return byTime > 0
    if (a.conversationId !== b.conversationId) return a.conversationId > b.conversationId
    return a.position > b.position
  }
}
