import { Caller } from '../driver/caller.ts'
import type { Findings } from '../findings.ts'
import { signIn } from '../product/people.ts'
import type { Stage } from '../stage.ts'
import { bringTogether } from './correspondents.ts'
import { measureFreshness } from './freshness.ts'
import { awaitIndex } from './index-state.ts'
import { measureLatencies } from './latencies.ts'
import { measureRecall } from './recall.ts'
import { SEED, type SearchStage } from './search-stage.ts'
import { compareSending } from './sending.ts'
import { type Stored, storeCorpus } from './store-corpus.ts'

const NEEDLES = 1_200

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
  const search = { ...stage, stored, caller }
  const all: Findings[] = []
  // To take in a million messages takes longer than a token lives.
  for (const part of [
    awaitIndex,
    measureLatencies,
    measureRecall,
    measureFreshness,
    compareSending,
  ])
    all.push(await part(await signEverybodyIn(search)))
  return {
    findings: all.flatMap(({ findings }) => findings),
    checks: all.flatMap(({ checks }) => checks),
    remarks: all.flatMap(({ remarks }) => remarks),
  }
}

type SignedOut = Omit<SearchStage, 'people'>

async function signEverybodyIn(stage: SignedOut): Promise<SearchStage> {
  const { product, world } = stage
  const people = bringTogether(await signIn(product.url, world.correspondents))
  return { ...stage, people }
}
