import type { Sql, Statement } from '@chatapp/service-kit'
import { conversationMarker } from '../document.ts'
import type { Place } from '../search-index.ts'
import { type Frequencies, shareOf } from './frequencies.ts'
import type { SpelledLookout } from './spell.ts'
import { blocksBetween, joinBlocks } from './time-blocks.ts'
import { quote, tsQueryOf } from './ts-query.ts'

/** So few messages are faster looked through than looked up. */
const GLANCE = 3_000
/** Clocks of machines are hardly ever further apart. */
const CLOCKS_APART_MS = 24 * 3600 * 1000
/** So many times what would do if all matches were the caller's. */
const SCOPE_SLACK = 4
/** To go one message back in time beside fetching a match from wherever it is: 1 µs and 2.5 µs. */
const STEP_COST = 0.4
/** To sort more matches takes longer than a walk, and a walk finds what is that frequent. */
const MATCHES_MAX = 20_000
const WALK = 100_000
/** Up to so many conversations are worth to be named in the look-up. */
const NAMED_CONVERSATIONS_MAX = 32

/**
 * A frequent word is among the newest messages; a rare one is looked up in the index. Which it is
 * tell the statistics, and where these are wrong, trying: a glance, the index up to a limit, and the
 * index for one stretch of time after the other.
 */
export async function findPlaces(
  sql: Sql,
  lookout: SpelledLookout,
  frequencies: Frequencies,
): Promise<Place[]> {
  if (lookout.conversationIds.length === 0) return []
  const query = tsQueryOf(lookout.plan)
  if (query === undefined) return listAll(sql, lookout)
  const hunt: Hunt = { ...lookout, query }
  const width = glanceWidth(hunt, frequencies)
  if (width > 0) {
    const { found, isAll } = await glance(sql, hunt, width)
    if (isAll || found.length >= hunt.limit) return found
  }
  const lookedUp = await lookUp(sql, hunt, MATCHES_MAX)
  if (lookedUp !== 'too many') return lookedUp
  if (hunt.conversationIds.length > 1) return lookUpByTime(sql, hunt, frequencies)
  const walked = await walk(sql, hunt, WALK)
  return walked.length >= hunt.limit ? walked : lookUpAll(sql, hunt)
}

interface Hunt extends SpelledLookout {
  query: string
}

/**
 * How many of the newest messages to look through first: a word must be frequent enough that the walk
 * to the first hits is shorter than the list of all matches.
 */
function glanceWidth(hunt: Hunt, frequencies: Frequencies): number {
  const share = shareOf(hunt.plan, frequencies)
  if (hunt.conversationIds.length === 1) return share === 0 ? 0 : GLANCE
  if (isNamed(hunt)) return 0
  if (share === undefined) return GLANCE
  if (share === 0) return 0
  const width = Math.max(GLANCE, Math.ceil((SCOPE_SLACK * hunt.limit) / share))
  return width * STEP_COST <= share * frequencies.total ? Math.min(width, WALK) : 0
}

const isNamed = ({ conversationIds }: Hunt) => conversationIds.length <= NAMED_CONVERSATIONS_MAX

const hasPrefixes = ({ plan }: Hunt) => plan.all.flat(2).some(({ how }) => how === 'prefix')

/** Without words everything is a match. */
function listAll(sql: Sql, lookout: SpelledLookout): PromiseLike<Place[]> {
  return sql<Place[]>`
    select ${place(sql)} from messages.search_documents
    where ${within(sql, lookout)} and ${ofScope(sql, lookout)} and tokens <> ''::tsvector
    ${newestFirst(sql, lookout)} limit ${lookout.limit}`
}

/** Of a conversation that has no more messages than that, it is all that fits. */
async function glance(sql: Sql, hunt: Hunt, width: number) {
  const found = await walk(sql, hunt, width)
  const isShort = hunt.conversationIds.length === 1 && found.length < hunt.limit
  return { found, isAll: isShort && (await hasNoMore(sql, hunt, width)) }
}

async function hasNoMore(sql: Sql, hunt: Hunt, width: number): Promise<boolean> {
  const [more] = await sql`
    select from messages.search_documents where ${within(sql, hunt)} and ${ofScope(sql, hunt)}
    ${newestFirst(sql, hunt)} offset ${width} limit 1`
  return more === undefined
}

/** What fits among the newest `width` messages: of the one conversation, or of everybody's. */
function walk(sql: Sql, hunt: Hunt, width: number): PromiseLike<Place[]> {
  const isOne = hunt.conversationIds.length === 1
  return sql<Place[]>`
    select ${place(sql)} from (
      select conversation_id, position, sent_at, tokens from messages.search_documents
      where ${within(sql, hunt)} ${isOne ? sql`and ${ofScope(sql, hunt)}` : sql``}
      ${newestFirst(sql, hunt)} limit ${width}
    ) as stretch
    where ${ofScope(sql, hunt)} and tokens @@ ${hunt.query}::tsquery
    ${newestFirst(sql, hunt)} limit ${hunt.limit}`
}

/** Of more matches than `most` nobody knows which are the newest. */
async function lookUp(sql: Sql, hunt: Hunt, most: number): Promise<Place[] | 'too many'> {
  const rows = await sql<(Place & { matches: number })[]>`
    with matching as materialized (
      select conversation_id, position, sent_at from messages.search_documents
      where tokens @@ ${namedQuery(hunt)}::tsquery limit ${most}
    ), counted as (select count(*)::int as matches from matching)
    select ${place(sql)}, matches from counted left join lateral (
      select * from matching where ${within(sql, hunt)} and ${ofScope(sql, hunt)}
      ${newestFirst(sql, hunt)} limit ${hunt.limit}
    ) hit on true`
  if ((rows[0]?.matches ?? 0) >= most) return 'too many'
  // Where there is no hit, a row says how many matches there were.
  return rows.filter(({ position }) => position !== null)
}

/**
 * One stretch of time after the other, back in time, until there are enough. What waits for the clocks of other machines to
 * be in the past is a day at most.
 */
function lookUpByTime(sql: Sql, hunt: Hunt, { oldest }: Frequencies): PromiseLike<Place[]> {
  const { behind, sentFrom, sentBefore } = hunt
  const ends = [behind?.sentAt, sentBefore, new Date(Date.now() + CLOCKS_APART_MS)]
  const newest = new Date(Math.min(...ends.flatMap((end) => end?.getTime() ?? [])))
  const blocks = blocksBetween(sentFrom ?? oldest ?? new Date(0), newest)
  // All words with a beginning are gathered anew for each stretch.
  const stretches = hasPrefixes(hunt) ? joinBlocks(blocks) : blocks
  return sql<Place[]>`
    select hit.* from unnest(${stretches}::text[]) as stretch, lateral (
      with matching as materialized (
        select conversation_id, position, sent_at from messages.search_documents
        where tokens @@ (${namedQuery(hunt)} || '&' || stretch)::tsquery and ${ofScope(sql, hunt)}
      )
      select ${place(sql)} from matching where ${within(sql, hunt)}
      ${newestFirst(sql, hunt)} limit ${hunt.limit}
    ) as hit limit ${hunt.limit}`
}

function lookUpAll(sql: Sql, hunt: Hunt): PromiseLike<Place[]> {
  return sql<Place[]>`
    with matching as materialized (
      select conversation_id, position, sent_at from messages.search_documents
      where tokens @@ ${namedQuery(hunt)}::tsquery and ${ofScope(sql, hunt)}
    )
    select ${place(sql)} from matching where ${within(sql, hunt)}
    ${newestFirst(sql, hunt)} limit ${hunt.limit}`
}

function namedQuery(hunt: Hunt): string {
  const { conversationIds: ids, query } = hunt
  if (!isNamed(hunt)) return query
  return `${query}&(${ids.map((id) => quote(conversationMarker(id))).join('|')})`
}

export const place = (sql: Sql) =>
  sql`sent_at as "sentAt", conversation_id as "conversationId", position`

/** In one conversation the order is that of the log; between several it can only be by time. */
export function newestFirst(sql: Sql, { conversationIds }: SpelledLookout): Statement<unknown> {
  return conversationIds.length === 1
    ? sql`order by position desc`
    : sql`order by sent_at desc, conversation_id desc, position desc`
}

function ofScope(sql: Sql, { conversationIds: ids }: SpelledLookout): Statement<unknown> {
  return ids.length === 1
    ? sql`conversation_id = ${ids[0]}::uuid`
    : sql`conversation_id = any(${ids}::uuid[])`
}

/** The stretch of time that is asked for, and what earlier pages had. */
export function within(sql: Sql, lookout: SpelledLookout): Statement<unknown> {
  const { behind, sentFrom, sentBefore } = lookout
  const from = sentFrom ? sql`and sent_at >= ${sentFrom}::timestamptz` : sql``
  const before = sentBefore ? sql`and sent_at < ${sentBefore}::timestamptz` : sql``
  return sql`true ${from} ${before} ${behind ? isBehind(sql, lookout, behind) : sql``}`
}

function isBehind(sql: Sql, { conversationIds }: SpelledLookout, last: Place): Statement<unknown> {
  if (conversationIds.length === 1) return sql`and position < ${last.position}::int`
  return sql`and (sent_at, conversation_id, position)
    < (${last.sentAt}::timestamptz, ${last.conversationId}::uuid, ${last.position}::int)`
}
