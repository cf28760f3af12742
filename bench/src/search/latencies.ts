import { loadavg } from 'node:os'
import type { Finding, Findings } from '../findings.ts'
import { percentile } from '../statistics.ts'
import { ask, type Question } from './asker.ts'
import { SEED, type Searchers } from './correspondents.ts'
import { createQueries, type Queries, type QueryKind } from './queries.ts'
import type { Answering, SearchStage } from './search-stage.ts'

type Who = keyof Searchers

const WHO: Record<Who, string> = {
  hermit: '1 conversation',
  regular: '30 conversations',
  hub: '1,000 conversations',
}
const sorts = ['best', 'newest'] as const

/** Every kind of query for everybody, in turn, so that all meet the same moods of the machine. */
export async function measureLatencies(stage: SearchStage): Promise<Findings> {
  const { people, town, bench, answerer } = stage
  const queries = createQueries(SEED, people, town.stored)
  const series = seriesOf(queries)
  const { searchCalls: rounds, searchWarmUp } = bench.scale
  for (let round = -searchWarmUp; round < rounds; round++) {
    if (round % 10 === 0) bench.progress.say(`Search: round ${round} of ${rounds}`)
    for (const one of series) {
      const before = answerer.cpu()
      const question = questionOf(one, round)
      const { took, hits, degraded } = await ask(stage.caller, people[one.who], question)
      // An engine compiles what it does often.
      if (round < 0) continue
      one.times.push(took)
      one.work.push(answerer.cpu() - before)
      one.hits += hits.length
      if (degraded) one.degraded++
    }
  }
  const [load] = loadavg()
  const degraded = series.reduce((sum, one) => sum + one.degraded, 0)
  return {
    findings: series.flatMap((one) => present(answerer, one)),
    checks: [],
    remarks: [
      `${answerer.part}: the machine's load average after searching was ${load?.toFixed(1)}.`,
      ...(degraded > 0 ? [`${answerer.part}: ${degraded} answers were degraded.`] : []),
    ],
  }
}

interface Series {
  kind: QueryKind
  who: Who
  sort: (typeof sorts)[number]
  queries: string[]
  times: number[]
  /** Processor time of what answers. */
  work: number[]
  hits: number
  degraded: number
}

function seriesOf(queries: Queries): Series[] {
  const whos = Object.keys(WHO) as Who[]
  const kinds = Object.keys(queries) as QueryKind[]
  return kinds.flatMap((kind) =>
    // In: names conversations, of which only the hub is in all.
    whos
      .filter((who) => kind !== 'from: and in:' || who === 'hub')
      .flatMap((who) =>
        sorts.map((sort) => ({
          ...{ kind, who, sort, queries: queries[kind] },
          ...{ times: [], work: [], hits: 0, degraded: 0 },
        })),
      ),
  )
}

function questionOf({ queries, sort }: Series, round: number): Question {
  return { q: queries.at(round % queries.length) ?? '', sort }
}

function present({ part, limits }: Answering, one: Series): Finding[] {
  const { kind, who, times, work, hits } = one
  const isNear = kind === 'a rare word' || kind === 'from: and in:' || who === 'hermit'
  const what = `${kind}, ${WHO[who]}, ${one.sort} first`
  const worked = [0.5, 0.99].map((share) => percentile(work, share).toFixed(1)).join(' and ')
  return [
    { part, what: `${what}: p50`, value: percentile(times, 0.5), unit: 'ms' },
    {
      part,
      what: `${what}: p99`,
      value: percentile(times, 0.99),
      unit: 'ms',
      target: { atMost: isNear ? limits.near : limits.far },
      note: `${(hits / times.length).toFixed(1)} hits; ${worked} ms (p50, p99) of a processor behind the service`,
    },
  ]
}
