import type { Sql } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { ENGINE, SEARCH } from '../log/outbox.ts'
import { findPending, hasManyPending, merge } from './pending.ts'
import { findRefused, type RefusalsTable } from './refusals.ts'
import type { Lookout, Place, Within } from './search-index.ts'

export interface Proposals {
  /** Newest first. */
  places: Place[]
  /** There are no more behind these. */
  isEnd: boolean
  /** Some that there are may be missing, or they come from the second best index. */
  isDegraded: boolean
}

export type Propose = (lookout: Lookout) => Promise<Proposals>

/**
 * Proposals of the engine, or of PostgreSQL where there is none or it can't answer. What an index
 * does not know is asked for once, before the first look-up: what it learns meanwhile it proposes itself.
 */
export function createPropose({ searches, search }: Context, within: Within): Propose {
  const { index, isComplete, engine } = search
  const unknown: Partial<Record<RefusalsTable, Promise<Place[]>>> = {}
  const unknownToDatabase = () =>
    (unknown.search_refusals ??= findUnknown(searches, within, [SEARCH, 'search_refusals']))
  const unknownToEngine = () =>
    (unknown.engine_refusals ??= findUnknown(searches, within, [ENGINE, 'engine_refusals']))

  /** An engine that is far behind finds too little. */
  async function askEngine(lookout: Lookout) {
    if (!engine || (await hasManyPending(searches, ENGINE))) return undefined
    const extra = await unknownToEngine()
    const proposed = await engine.find(lookout)
    return proposed && together(lookout, proposed, extra)
  }

  return async (lookout) => {
    // The engine would look through all words of everybody.
    const isForParts = lookout.plan.parts !== undefined
    const byEngine = isForParts ? undefined : await askEngine(lookout)
    if (byEngine) return { ...byEngine, isDegraded: false }
    const extra = await unknownToDatabase()
    const proposed = await index.find(lookout)
    return {
      ...together(lookout, proposed, extra),
      // What stands within words is more than an engine promises.
      isDegraded: engine ? !isForParts : !isComplete,
    }
  }
}

async function findUnknown(
  sql: Sql,
  within: Within,
  [consumer, table]: [consumer: string, table: RefusalsTable],
): Promise<Place[]> {
  return [
    ...(await findPending(sql, within, consumer)),
    ...(await findRefused(sql, table, within.conversationIds)),
  ]
}

const together = (lookout: Lookout, proposed: Place[], extra: Place[]) => ({
  places: merge(lookout, proposed, extra),
  isEnd: proposed.length < lookout.limit,
})
