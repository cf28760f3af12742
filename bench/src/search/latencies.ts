import { loadavg } from 'node:os'
import type { Finding, Findings } from '../findings.ts'
import { percentile } from '../statistics.ts'
import { ask, type Question } from './asker.ts'
import type { Searchers } from './correspondents.ts'
import { createQueries, type Queries, type QueryKind } from './queries.ts'
import { SEED, type SearchStage } from './search-stage.ts'

type Who = keyof Searchers

const WHO: Record<Who, string> = {
  hermit: '1 conversation',
  regular: '30 conversations',
  hub: '1,000 conversations',
}
const sorts = ['best', 'newest'] as const
const LIMIT_MS = 300
/** Where there is little to look through. */
const NEAR_LIMIT_MS = 50

/** Every kind of query for everybody, in turn, so that all meet the same moods of the machine. */
export async function measureLatencies(stage: SearchStage): Promise<Findings> {
  const { people, stored, bench } = stage
  const queries = createQueries(SEED, people, stored)
  const series = seriesOf(queries)
  const rounds = bench.scale.searchCalls
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
    if (round % 10 === 0) bench.progress.say(`Search: round ${round} of ${rounds}`)
    for (const one of series) {
      const { took, hits } = await ask(stage.caller, people[one.who], questionOf(one, round))
      // The first ones only warm up.
      if (round < 0) continue
      one.times.push(took)
      one.hits += hits.length
    }
  }
  const [load] = loadavg()
  return {
    findings: series.flatMap(present),
    checks: [],
    remarks: [`The machine's load average after searching was ${load?.toFixed(1)}.`],
  }
}

interface Series {
  kind: QueryKind
  who: Who
  sort: (typeof sorts)[number]
  queries: string[]
  times: number[]
  hits: number
}

function seriesOf(queries: Queries): Series[] {
  const whos = Object.keys(WHO) as Who[]
  const kinds = Object.keys(queries) as QueryKind[]
  return kinds.flatMap((kind) =>
    // In: names conversations, of which only the hub is in all.
    whos
      .filter((who) => kind !== 'from: and in:' || who === 'hub')
      .flatMap((who) =>
        sorts.map((sort) => ({ kind, who, sort, queries: queries[kind], times: [], hits: 0 })),
      ),
  )
}

function questionOf({ queries, sort }: Series, round: number): Question {
  const at = (round + queries.length) % queries.length
  return { q: queries[at] ?? '', sort }
}

function present({ kind, who, sort, times, hits }: Series): Finding[] {
  const isNear = kind === 'a rare word' || kind === 'from: and in:' || who === 'hermit'
  const what = `${kind}, ${WHO[who]}, ${sort} first`
  return [
    {
      part: 'search',
      what: `${what}: p50`,
      value: percentile(times, 0.5),
      unit: 'ms',
    },
    {
      part: 'search',
      what: `${what}: p99`,
      value: percentile(times, 0.99),
      unit: 'ms',
      target: { atMost: isNear ? NEAR_LIMIT_MS : LIMIT_MS },
      note: `${(hits / times.length).toFixed(1)} hits on a first page`,
    },
  ]
}
