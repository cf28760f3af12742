import {
  type AnswerOf,
  invalidField,
  parseSearch,
  type QueryOf,
  type routes,
} from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { presentMessage } from '../messages/present.ts'
import { type Conditions, lookupsOf, resolveConditions } from './conditions.ts'
import { readStart, type Start, writeStart } from './cursor.ts'
import { type Hit, judge, readMessages } from './hits.ts'
import { createPropose, type Propose } from './propose.ts'
import { readScope } from './scope.ts'
import { keyOf, type Lookout, type Place } from './search-index.ts'
import type { Fit } from './words/match.ts'
import { fitsOf, planFor } from './words/plan.ts'
import { readTerms, type Terms } from './words/terms.ts'

type Found = AnswerOf<typeof routes.searchMessages>
type Query = QueryOf<typeof routes.searchMessages>

/** Within a round newer messages come first; typos always come after what fits, and parts of words last. */
const ROUNDS: Record<Query['sort'], Fit[][]> = {
  newest: [['exact', 'prefix'], ['typo'], ['part']],
  best: [['exact'], ['prefix'], ['typo'], ['part']],
}
/** What an index proposes and the judge refuses makes further look-ups; a page has time for so much. */
const PAGE_TIME_MS = 1_000
/** One more look-up costs more than some more proposals, and where few fit, than many more. */
const PROPOSALS_MIN = 60
const PROPOSALS_GROWTH = 4
const PROPOSALS_MAX = 1_000

/**
 * Messages of the caller's conversations that fit the query. The index proposes; every hit is read
 * from the log under the rights of this moment, and judged by its text of this moment.
 */
export async function searchMessages(
  context: Context,
  userId: string,
  query: Query,
): Promise<Found> {
  const search = await prepare(context, userId, query)
  const asked = { userId, q: query.q, sort: query.sort }
  const { hits, next, isDegraded } = await collect(search, readStart(query.cursor, asked))
  return {
    items: hits.map(({ row, match }) => ({
      message: presentMessage(row, row.floor),
      conversation: { id: row.conversation_id, title: row.title },
      highlights: match.highlights,
    })),
    next: next ? writeStart(next, asked) : null,
    degraded: isDegraded,
  }
}

interface Search {
  context: Context
  propose: Propose
  userId: string
  terms: Terms
  conditions: Conditions
  rounds: Fit[][]
  limit: number
}

async function prepare(context: Context, userId: string, query: Query): Promise<Search> {
  const parsed = parseSearch(query.q)
  if (!parsed.ok) {
    const [{ message, place }] = parsed.problems
    throw invalidField('q', `${message} (at ${place.start + 1})`)
  }
  const terms = readTerms(parsed.query)
  const asker = { userId, zone: query.zone, now: context.now(), users: context.users }
  const own = await readScope(context.searches, userId)
  const conditions = await resolveConditions(parsed.query, own, asker)
  const possible = fitsOf(terms)
  const rounds = ROUNDS[query.sort].filter((fits) => fits.some((fit) => possible.includes(fit)))
  const propose = createPropose(context, conditions)
  return { context, propose, userId, terms, conditions, rounds, limit: query.limit }
}

interface Page {
  hits: Hit[]
  next: Start | undefined
  isDegraded: boolean
}

async function collect(search: Search, start: Start): Promise<Page> {
  const giveUpAt = performance.now() + PAGE_TIME_MS
  const hits: Hit[] = []
  let { behind } = start
  let isDegraded = false
  let proposals = PROPOSALS_MIN
  for (let round = start.round; round < search.rounds.length; ) {
    // To look through texts takes long: whoever has hits waits for no more of these.
    if (hits.length > 0 && isForParts(search, round))
      return { hits, next: { round, behind }, isDegraded }
    const wanted = Math.max(search.limit - hits.length + 1, proposals)
    const lookout = lookoutFor(search, { round, behind }, wanted)
    const { places, isEnd, ...proposed } = await search.propose(lookout)
    isDegraded ||= proposed.isDegraded
    const found = await confirm(search, round, places)
    const room = search.limit - hits.length
    hits.push(...found.slice(0, room))
    if (found.length > room)
      return { hits, next: { round, behind: placeOf(hits.at(-1)) ?? behind }, isDegraded }
    behind = isEnd ? undefined : places.at(-1)
    if (isEnd) round++
    else proposals = Math.min(proposals * PROPOSALS_GROWTH, PROPOSALS_MAX)
    const isFull = hits.length >= search.limit || performance.now() > giveUpAt
    if (isFull && round < search.rounds.length) return { hits, next: { round, behind }, isDegraded }
  }
  return { hits, next: undefined, isDegraded }
}

const isForParts = ({ rounds }: Search, round: number) => rounds[round]?.includes('part') === true

function lookoutFor(search: Search, { round, behind }: Start, limit: number): Lookout {
  const { conditions, terms } = search
  const worst = search.rounds[round]?.at(-1) ?? 'exact'
  const { all, none, parts } = planFor(terms, worst)
  const plan = {
    all: [...all, ...lookupsOf(conditions)],
    none: [...none, ...conditions.noMarkers],
    ...(parts && { parts }),
  }
  return { ...conditions, plan, behind, limit }
}

async function confirm(search: Search, round: number, places: Place[]): Promise<Hit[]> {
  if (places.length === 0) return []
  const rows = await readMessages(search.context.searches, search.userId, places)
  return places.flatMap((place) => {
    const row = rows.get(keyOf(place))
    const match = row && judge(row, search.terms, search.conditions)
    return row && match && search.rounds[round]?.includes(match.fit) ? { row, match } : []
  })
}

function placeOf(hit: Hit | undefined): Place | undefined {
  return (
    hit && {
      sentAt: hit.row.sent_at,
      conversationId: hit.row.conversation_id,
      position: hit.row.position,
    }
  )
}
