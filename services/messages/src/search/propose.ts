import type { Context } from '../context.ts'
import { ENGINE, SEARCH } from '../log/outbox.ts'
import { findPending, hasManyPending, merge } from './pending.ts'
import { findRefused } from './refusals.ts'
import type { Lookout, Place } from './search-index.ts'

export interface Proposals {
  /** Newest first. */
  places: Place[]
  /** There are no more behind these. */
  isEnd: boolean
  /** Some that there are may be missing, or they come from the second best index. */
  isDegraded: boolean
}

type Proposing = Pick<Context, 'searches' | 'search'>

/** Proposals of the engine, or of PostgreSQL where there is none or it can't answer. */
export async function propose(context: Proposing, lookout: Lookout): Promise<Proposals> {
  const { index, isComplete, engine } = context.search
  const byEngine = engine && (await askEngine(context, lookout))
  if (byEngine) return { ...byEngine, isDegraded: false }
  // What leaves the pending ones between the two answers is in the index by then.
  const pending = await findPending(context.searches, lookout, SEARCH)
  const refused = await findRefused(context.searches, 'search_refusals', lookout)
  const proposed = await index.find(lookout)
  return {
    ...together(lookout, proposed, [...pending, ...refused]),
    isDegraded: engine !== undefined || !isComplete,
  }
}

/** An engine that is far behind finds too little. */
async function askEngine({ searches, search: { engine } }: Proposing, lookout: Lookout) {
  if (!engine || (await hasManyPending(searches, ENGINE))) return undefined
  const pending = await findPending(searches, lookout, ENGINE)
  const refused = await findRefused(searches, 'engine_refusals', lookout)
  const proposed = await engine.find(lookout)
  return proposed && together(lookout, proposed, [...pending, ...refused])
}

const together = (lookout: Lookout, proposed: Place[], extra: Place[]) => ({
  places: merge(lookout, proposed, extra),
  isEnd: proposed.length < lookout.limit,
})
