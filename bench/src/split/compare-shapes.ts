import type { Bench } from '../bench.ts'
import type { Finding } from '../findings.ts'
import type { Room } from '../product/rooms.ts'
import { median } from '../statistics.ts'
import { type Cpu, ofAll, ofChatApp, sumOf, untilCalm } from './site.ts'
import { beyond, SpreadRooms, type Stretch } from './spread-rooms.ts'
import type { Town } from './town.ts'

const HALL_PUBLISHERS = 8
/** Enough is under way that what is measured is the work and not the waiting. */
const WINDOW = 20
/**
 * Until the code of each process is compiled for this kind of work: nine of them share the server's
 * core, and what they do for many small rooms is not what they do for one large one.
 */
const WARM_UP_S = 10
const IDLE_S = 3

interface Towns {
  whole: Town
  split: Town
}

/**
 * Sends into many rooms and deliveries of one large one, in turn by both shapes. What counts is a
 * CPU second of all processes together, as one core that has them all would give it (the rates of one
 * process are of a core that PostgreSQL has a part of, too), so that more processes do not count as
 * more cores, and other programs hardly matter. What is put off while people send, like indexing, is waited for
 * and counted: a shape that puts off more is not cheaper.
 */
export async function compareShapes(towns: Towns, bench: Bench) {
  const sends = await takeTurns(towns, { bench, what: 'sends', publishers: 1 })
  const deliveries = await takeTurns(towns, {
    ...{ bench, what: 'deliveries', publishers: HALL_PUBLISHERS },
  })
  return {
    findings: [
      toFinding('acknowledged sends', sends, ({ acks }) => acks),
      toFinding('deliveries in a large room', deliveries, ({ messages }) => messages),
    ],
    /** What a core can do for ever, with PostgreSQL and Redis and all that is put off. */
    sendsPerSecond: median(sends.split.map(({ acks, cpu }) => acks / ofAll(cpu))),
    faults: sends.faults + deliveries.faults,
  }
}

interface Turns {
  bench: Bench
  what: 'sends' | 'deliveries'
  publishers: number
}

interface Rounds {
  whole: Stretch[]
  split: Stretch[]
  faults: number
}

async function takeTurns(towns: Towns, turns: Turns): Promise<Rounds> {
  const { scale, options, progress } = turns.bench
  const rounds: Rounds = { whole: [], split: [], faults: 0 }
  for (const shape of ['whole', 'split'] as const) {
    progress.say(`split: ${turns.what} of the ${shape} product, to warm up`)
    rounds.faults += (await runOnce(towns[shape], turns, WARM_UP_S)).faults
  }
  for (let round = 1; round <= scale.split.rounds; round++) {
    for (const shape of ['whole', 'split'] as const) {
      progress.say(`split: ${turns.what} of the ${shape} product, round ${round}`)
      const { stretch, faults } = await runOnce(towns[shape], turns, options.seconds)
      rounds[shape].push(stretch)
      rounds.faults += faults
    }
  }
  return rounds
}

/** From the first send until nothing is left to do, without what the shape takes when idle. */
async function runOnce(town: Town, { what, publishers }: Turns, seconds: number) {
  const { site, rooms, hall } = town
  const where: Room[] = what === 'sends' ? rooms : [hall]
  using live = await SpreadRooms.open({ site, rooms: where, gateways: 2, publishers })
  await untilCalm(site)
  const idle = await live.sample(IDLE_S)
  let faults = 0
  const stretch = await live.during(async () => {
    live.start(WINDOW)
    await live.sample(seconds)
    faults = await live.finish()
    await untilCalm(site)
  })
  return { stretch: { ...stretch, cpu: beyond(idle, stretch) }, faults }
}

function toFinding(what: string, rounds: Rounds, count: (one: Stretch) => number): Finding {
  const rateBy = (cost: (cpu: Cpu) => number) => (stretches: Stretch[]) =>
    median(stretches.map((one) => count(one) / cost(one.cpu)))
  const [all, ours] = [rateBy(ofAll), rateBy(ofChatApp)]
  const share = (rate: (stretches: Stretch[]) => number) =>
    (100 * rate(rounds.split)) / rate(rounds.whole)
  return {
    part: 'split',
    what: `${what} of a CPU second, beside one process`,
    value: share(all),
    unit: '%',
    target: { atLeast: 60 },
    note: `${thousands(all(rounds.split))} and ${thousands(all(rounds.whole))}; without PostgreSQL and Redis ${Math.round(share(ours))} % (${thousands(ours(rounds.split))} and ${thousands(ours(rounds.whole))}); each costs ${costs(rounds.split, count)}; in one process ${costs(rounds.whole, count)}`,
  }
}

/** Where the time of one goes, in the middle round. */
function costs(stretches: Stretch[], count: (one: Stretch) => number): string {
  const cost = (cpu: (one: Cpu) => number) =>
    `${(1e6 * median(stretches.map((one) => cpu(one.cpu) / count(one))) || 0).toFixed(1)} µs`
  const gateways = cost(({ gateways }) => sumOf(gateways, (one) => one))
  const messages = cost(({ messages }) => messages)
  const others = cost(({ users, notifications }) => users + notifications)
  const redis = cost(({ redis }) => redis)
  const database = cost(({ database }) => database)
  return `gateways ${gateways}, messages ${messages}, the others ${others}, Redis ${redis}, PostgreSQL ${database}`
}

const thousands = (value: number) => Math.round(value).toLocaleString('en')
