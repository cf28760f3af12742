import type { Findings } from '../findings.ts'
import type { Sql } from '../product/database.ts'
import { signIn } from '../product/people.ts'
import { median } from '../statistics.ts'
import { LiveRooms } from '../workloads/live-rooms.ts'
import { describeLoad, type Sample } from '../workloads/sample.ts'
import type { SearchStage } from './search-stage.ts'

/** So many sends of each publisher are under way. */
const WINDOW = 20
const SLOWDOWN_MAX = 15
const INDEXER_RESTS_SECONDS = 2

/**
 * Sending while the index is kept, and while it is kept from it, in turn. What the machine does
 * beside is in both halves of a pair, and the median of the pairs is what counts.
 */
export async function compareSending(stage: SearchStage): Promise<Findings> {
  const { bench, town, product, sql, answerer } = stage
  const writers = await signIn(
    product.url,
    town.rooms.flatMap(({ members }) => members.slice(0, 1)),
  )
  const rooms = town.rooms.map(({ id }, i) => ({ id, members: writers.slice(i, i + 1) }))
  using live = await LiveRooms.open(stage, rooms, 1)
  const pairs: Pair[] = []
  const { searchRounds, roundSeconds } = bench.scale
  for (let round = 1; round <= searchRounds; round++) {
    bench.progress.say(`Search: sending, round ${round} of ${searchRounds}`)
    live.start(WINDOW)
    await live.sample(Math.min(1, roundSeconds / 2))
    const before = await whileHeld(sql, () => live.sample(roundSeconds))
    // The indexer rests after it had to wait; what was held up makes its work more, not less.
    await live.sample(INDEXER_RESTS_SECONDS)
    const kept = await live.sample(roundSeconds)
    const after = await whileHeld(sql, () => live.sample(roundSeconds))
    pairs.push({ kept, held: [before, after] })
    await live.finish(answerer.part)
  }
  return { ...present(answerer.part, pairs), checks: [await live.finish(answerer.part)] }
}

interface Pair {
  kept: Sample
  held: Sample[]
}

function present(part: string, pairs: Pair[]): Omit<Findings, 'checks'> {
  const [withIndex, without] = [
    rateOf(pairs.map(({ kept }) => kept)),
    rateOf(pairs.flatMap(({ held }) => held)),
  ]
  const slowed = pairs.map(({ kept, held }) => 100 * (1 - rateOf([kept]) / meanRateOf(held)))
  const last = pairs.at(-1)?.kept
  return {
    findings: [
      {
        ...{ part, what: 'sends while the index follows', value: withIndex, unit: '/s' },
        note: `${Math.round(without)}/s while it does not${last ? `; ${describeLoad(last)}` : ''}`,
      },
      {
        ...{ part, what: 'sending is slowed down by the index', value: median(slowed), unit: '%' },
        target: { atMost: SLOWDOWN_MAX },
        note: `of ${pairs.length} rounds: ${slowed.map((share) => share.toFixed(0)).join(', ')} %`,
      },
    ],
    remarks: [],
  }
}

const rateOf = (samples: Sample[]) => median(samples.map(({ acks, seconds }) => acks / seconds))

function meanRateOf(samples: Sample[]): number {
  const sum = (value: (sample: Sample) => number) =>
    samples.reduce((total, sample) => total + value(sample), 0)
  return sum(({ acks }) => acks) / sum(({ seconds }) => seconds)
}

/** Whoever writes an index waits for these locks; who searches does not. */
async function whileHeld<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  const held = await sql.begin(async (trx) => {
    await trx`lock table messages.search_documents in exclusive mode`
    await trx`lock table messages.engine_indexes in access exclusive mode`
    return { result: await work() }
  })
  return held.result as T
}
