import { serverCores } from '../bench.ts'
import type { Check, Findings } from '../findings.ts'
import { loginTo } from '../product/database.ts'
import type { Stage } from '../stage.ts'
import { median } from '../statistics.ts'
import { LiveRooms } from '../workloads/live-rooms.ts'
import { describeLoad, type Sample } from '../workloads/sample.ts'
import { type InsertKind, runInserts } from './inserts.ts'

/** So many sends of each publisher are under way, so that full batches wait for the database. */
const WINDOW = 20

/** Durable sends over sockets, beside what the same PostgreSQL on the same core can insert at all. */
export async function compareDurableSends(stage: Stage): Promise<Findings> {
  const { bench, world } = stage
  const { scale, progress } = bench
  // Only who publishes is connected: this is about storing, not about delivering.
  const rooms = world.rooms.map((room) => ({ ...room, members: room.members.slice(0, 1) }))
  using live = await LiveRooms.open(stage, rooms, 1)
  const login = await loginTo(stage.product.directory)
  const insert = (kind: InsertKind, seconds: number) =>
    runInserts({ login, kind, seconds, cores: serverCores(bench) })
  const found: Rounds = { batched: [], single: [], ours: [], checks: [] }
  for (let round = 1; round <= scale.rounds; round++) {
    progress.say(`Floor of sending: round ${round} of ${scale.rounds}`)
    found.batched.push(await insert('batched', scale.roundSeconds))
    found.single.push(await insert('single', scale.roundSeconds / 2))
    live.start(WINDOW)
    await live.sample(Math.min(1, scale.roundSeconds / 2))
    found.ours.push(await live.sample(scale.roundSeconds))
    found.checks.push(await live.finish('floors'))
  }
  found.batched.push(await insert('batched', scale.roundSeconds))
  return present(found)
}

interface Rounds {
  /** Rows a second. */
  batched: number[]
  single: number[]
  ours: Sample[]
  checks: Check[]
}

function present({ batched, single, ours, checks }: Rounds): Findings {
  const sends = median(ours.map((sample) => sample.acks / sample.seconds))
  const [floor, one] = [median(batched), median(single)]
  const last = ours.at(-1)
  const rate = (what: string, value: number, note?: string) => ({
    part: 'floors',
    what,
    value,
    unit: '/s',
    ...(note && { note }),
  })
  return {
    findings: [
      rate('floor: rows inserted in batches of 500, one commit each', floor),
      rate('floor: rows inserted in a transaction each, one after the other', one),
      rate(
        `durable sends over sockets, ${WINDOW} of each publisher under way`,
        sends,
        last && describeLoad(last),
      ),
      {
        part: 'floors',
        what: 'durable sends beside batched inserts',
        value: (100 * sends) / floor,
        unit: '%',
        target: { atLeast: 40 },
      },
      {
        part: 'floors',
        what: 'durable sends beside a transaction each',
        value: sends / one,
        unit: '×',
        target: { atLeast: 10 },
      },
    ],
    checks: merge(checks),
    remarks: [],
  }
}

/** The counts go on from round to round, so the last one has all of them. */
function merge(checks: Check[]): Check[] {
  const worst = checks.find((check) => !check.isMet) ?? checks.at(-1)
  return worst ? [worst] : []
}
