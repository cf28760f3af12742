import type { Sql, Statement } from '@chatapp/service-kit'
import { conversationMarker } from '../document.ts'
import type { Lookout, Place } from '../search-index.ts'
import { quote, tsQueryOf } from './ts-query.ts'

/** So few messages are faster looked through than looked up. */
const GLANCE = 3_000
/** More matches than these are not sorted: such words are frequent, so a page of them is near. */
const MATCHES_MAX = 20_000
const WALK = 50_000
const WALKS_MAX = 10
/** Up to so many conversations are worth to be named in the look-up. */
const NAMED_CONVERSATIONS_MAX = 32

interface Hunt extends Lookout {
  query: string | undefined
}

/**
 * A frequent word is among the newest messages; a rare one is looked up in the index. Which it is
 * shows by trying: a glance, then the index up to a limit, then a walk back in time.
 */
export async function findPlaces(sql: Sql, lookout: Lookout): Promise<Place[]> {
  const { conversationIds, limit } = lookout
  if (conversationIds.length === 0) return []
  const hunt: Hunt = { ...lookout, query: tsQueryOf(lookout.plan) }
  const isGlanceWorthwhile =
    conversationIds.length === 1 || conversationIds.length > NAMED_CONVERSATIONS_MAX
  const start: Walked = isGlanceWorthwhile
    ? await walk(sql, hunt, GLANCE)
    : { found: [], further: 'the start' }
  if (start.found.length >= limit || start.further === 'nowhere') return start.found
  const lookedUp = hunt.query === undefined ? undefined : await lookUp(sql, hunt, hunt.query)
  return lookedUp ?? walkOn(sql, hunt, start)
}

interface Walked {
  found: Place[]
  /** Where to go on. */
  further: Place | 'the start' | 'nowhere'
}

async function walkOn(sql: Sql, hunt: Hunt, start: Walked): Promise<Place[]> {
  const { found } = start
  let { further } = start
  for (let walks = 0; walks < WALKS_MAX && found.length < hunt.limit; walks++) {
    if (further === 'nowhere') break
    const behind = further === 'the start' ? hunt.behind : further
    const more: Walked = await walk(sql, { ...hunt, behind }, WALK)
    found.push(...more.found)
    further = more.further
  }
  return found.slice(0, hunt.limit)
}

interface Step {
  conversation_id: string
  position: number
  sent_at: Date
  fits: boolean
}

/** Looks through the newest `width` messages of the conversations asked for. */
async function walk(sql: Sql, hunt: Hunt, width: number): Promise<Walked> {
  const newest = newestFirst(sql, hunt)
  const fits =
    hunt.query === undefined ? sql`tokens <> ''::tsvector` : sql`tokens @@ ${hunt.query}::tsquery`
  const rows = await sql<Step[]>`
    with stretch as materialized (
      select conversation_id, position, sent_at, tokens, row_number() over (${newest}) as step
      from messages.search_documents where ${withinScope(sql, hunt)}
      ${newest} limit ${width}
    )
    (select conversation_id, position, sent_at, true as fits from stretch
      where ${fits} order by step limit ${hunt.limit})
    union all
    (select conversation_id, position, sent_at, false from stretch where step = ${width})`
  return {
    found: rows.filter((row) => row.fits).map(placeOf),
    further: rows.filter((row) => !row.fits).map(placeOf)[0] ?? 'nowhere',
  }
}

/** Undefined when there are too many matches to be sure of the newest. */
async function lookUp(sql: Sql, hunt: Hunt, query: string): Promise<Place[] | undefined> {
  const { conversationIds: ids, limit } = hunt
  const conversations = ids.map((id) => quote(conversationMarker(id))).join('|')
  const scoped = ids.length <= NAMED_CONVERSATIONS_MAX ? `${query}&(${conversations})` : query
  const rows = await sql<(Omit<Step, 'fits'> & { matches: number })[]>`
    with matching as materialized (
      select conversation_id, position, sent_at from messages.search_documents
      where tokens @@ ${scoped}::tsquery limit ${MATCHES_MAX}
    ), counted as (select count(*) as matches from matching)
    select hit.*, matches from counted left join lateral (
      select * from matching where ${withinScope(sql, hunt)} ${newestFirst(sql, hunt)} limit ${limit}
    ) hit on true`
  if ((rows[0]?.matches ?? 0) >= MATCHES_MAX) return undefined
  return rows.filter((row) => row.position !== null).map(placeOf)
}

/** In one conversation the order is that of the log; between several it can only be by time. */
function newestFirst(sql: Sql, { conversationIds }: Hunt): Statement<unknown> {
  return conversationIds.length === 1
    ? sql`order by position desc`
    : sql`order by sent_at desc, conversation_id desc, position desc`
}

function withinScope(sql: Sql, hunt: Hunt): Statement<unknown> {
  const { conversationIds: ids, behind, sentFrom, sentBefore } = hunt
  const conversation =
    ids.length === 1 ? sql`conversation_id = ${ids[0]}` : sql`conversation_id = any(${ids}::uuid[])`
  const from = sentFrom ? sql`and sent_at >= ${sentFrom}::timestamptz` : sql``
  const before = sentBefore ? sql`and sent_at < ${sentBefore}::timestamptz` : sql``
  return sql`${conversation} ${from} ${before} ${behind ? isBehind(sql, hunt, behind) : sql``}`
}

function isBehind(sql: Sql, { conversationIds }: Hunt, place: Place): Statement<unknown> {
  if (conversationIds.length === 1) return sql`and position < ${place.position}::int`
  return sql`and (sent_at, conversation_id, position)
    < (${place.sentAt}::timestamptz, ${place.conversationId}::uuid, ${place.position}::int)`
}

const placeOf = (row: Omit<Step, 'fits'>): Place => ({
  sentAt: row.sent_at,
  conversationId: row.conversation_id,
  position: row.position,
})
