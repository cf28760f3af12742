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

/** Sending while the index is kept, and while it is kept from it, in turn. */
export async function compareSending(stage: SearchStage): Promise<Findings> {
  const { bench, world, product, sql } = stage
  const writers = world.rooms.flatMap(({ members }) => members.slice(0, 1))
  const signedIn = await signIn(product.url, writers)
  const rooms = world.rooms.map((room, i) => ({ ...room, members: signedIn.slice(i, i + 1) }))
  using live = await LiveRooms.open(stage, rooms, 1)
  const [kept, held]: [Sample[], Sample[]] = [[], []]
  const { rounds, roundSeconds } = bench.scale
  for (let round = 1; round <= rounds; round++) {
    bench.progress.say(`Search: sending, round ${round} of ${rounds}`)
    live.start(WINDOW)
    await live.sample(Math.min(1, roundSeconds / 2))
    held.push(await whileHeld(sql, () => live.sample(roundSeconds)))
    // The indexer rests after it had to wait; what was held up makes its work more, not less.
    await live.sample(INDEXER_RESTS_SECONDS)
    kept.push(await live.sample(roundSeconds))
    held.push(await whileHeld(sql, () => live.sample(roundSeconds)))
    await live.finish('search')
  }
  const [withIndex, without] = [rateOf(kept), rateOf(held)]
  const last = kept.at(-1)
  return {
    findings: [
      {
        part: 'search',
        what: 'sends while the index follows',
        value: withIndex,
        unit: '/s',
        note: `${Math.round(without)}/s while it does not${last ? `; ${describeLoad(last)}` : ''}`,
      },
      {
        part: 'search',
        what: 'sending is slowed down by the index',
        value: 100 * (1 - withIndex / without),
        unit: '%',
        target: { atMost: SLOWDOWN_MAX },
      },
    ],
    checks: [await live.finish('search')],
    remarks: [],
  }
}

const rateOf = (samples: Sample[]) => median(samples.map(({ acks, seconds }) => acks / seconds))

/** Whoever writes the index waits for this lock; who searches does not. */
async function whileHeld<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  const held = await sql.begin(async (trx) => {
    await trx`lock table messages.search_documents in exclusive mode`
    return { result: await work() }
  })
  return held.result as T
}
