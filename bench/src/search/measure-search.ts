import { Caller } from '../driver/caller.ts'
import type { Findings } from '../findings.ts'
import type { Stage } from '../stage.ts'
import { bringTogether, type Correspondents } from './correspondents.ts'
import { measureFreshness } from './freshness.ts'
import { awaitIndex } from './index-state.ts'
import { measureLatencies } from './latencies.ts'
import { measureRecall } from './recall.ts'
import { compareSending } from './sending.ts'
import { type Stored, storeCorpus } from './store-corpus.ts'

const SEED = 1
const NEEDLES = 1_200

/** Everything that a part of the search bench needs. */
export interface SearchStage extends Stage {
  people: Correspondents
  stored: Stored
  caller: Caller
}

/** Stores the messages that will be searched; the product takes them in with its next start. */
export function prepareSearch({ bench, world, sql }: Stage): Promise<Stored> {
  const { messages } = bench.options
  const options = { seed: SEED, messages, needles: NEEDLES, until: new Date() }
  bench.progress.say(`Search: storing ${messages.toLocaleString('en')} messages`)
  return storeCorpus(
    { sql, progress: bench.progress },
    bringTogether(world.correspondents),
    options,
  )
}

/** What finding costs, how soon and how surely something is found, and what sending pays for it. */
export async function measureSearch(stage: Stage, stored: Stored): Promise<Findings> {
  using caller = new Caller(stage.product.url)
  const people = bringTogether(stage.world.correspondents)
  const search: SearchStage = { ...stage, people, stored, caller }
  const all = [
    await awaitIndex(search),
    await measureLatencies(search, SEED),
    await measureRecall(search),
    await measureFreshness(search),
    await compareSending(search),
  ]
  return {
    findings: all.flatMap(({ findings }) => findings),
    checks: all.flatMap(({ checks }) => checks),
    remarks: all.flatMap(({ remarks }) => remarks),
  }
}
