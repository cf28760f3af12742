import path from 'node:path'
import type { Bench } from '../bench.ts'
import { Caller } from '../driver/caller.ts'
import { type Findings, join } from '../findings.ts'
import type { Answerer } from '../options.ts'
import { connectTo, loginTo } from '../product/database.ts'
import { signIn } from '../product/people.ts'
import type { Product } from '../product/product.ts'
import { startAnswering } from './answering.ts'
import { bringTogether } from './correspondents.ts'
import { measureFreshness } from './freshness.ts'
import { awaitIndex } from './index-state.ts'
import { measureLatencies } from './latencies.ts'
import { measureRecall } from './recall.ts'
import type { Answering, SearchStage } from './search-stage.ts'
import { compareSending } from './sending.ts'
import { settleTown, startAnywhere, startPinned, type Town } from './town.ts'

/** What finding costs, how soon and how surely something is found, and what sending pays for it. */
export async function measureSearch(bench: Bench): Promise<Findings> {
  const all: Findings[] = []
  for (const engine of bench.options.engines) {
    // Each has the same messages, and none of those that were sent beside another one.
    const own = { ...bench, directory: path.join(bench.directory, engine) }
    all.push(await measureWith(own, await settleTown(own), engine))
  }
  return join(all)
}

type Part = (stage: SearchStage) => Promise<Findings>

/** Started anew in between: the index is taken in on all cores, and searched with one for the server. */
async function measureWith(bench: Bench, town: Town, engine: Answerer): Promise<Findings> {
  bench.progress.say(`Search: starting ${engine}`)
  await using answerer = await startAnswering(bench, engine)
  const site = { bench, town, answerer }
  const taken = await onSite(site, () => startAnywhere(bench, answerer.env), [awaitIndex])
  const parts = [measureLatencies, measureRecall, measureFreshness, compareSending]
  return join([taken, await onSite(site, () => startPinned(bench, answerer.env), parts)])
}

interface Site {
  bench: Bench
  town: Town
  answerer: Answering
}

async function onSite(site: Site, start: () => Promise<Product>, parts: Part[]): Promise<Findings> {
  await using product = await start()
  const sql = connectTo(await loginTo(site.bench.directory))
  try {
    using caller = new Caller(product.url)
    const all: Findings[] = []
    for (const part of parts) {
      // To take in a million messages takes longer than a token lives.
      const people = bringTogether(await signIn(product.url, site.town.correspondents))
      all.push(await part({ ...site, product, sql, people, caller }))
    }
    return join(all)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
