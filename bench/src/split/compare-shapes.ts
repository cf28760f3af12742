import type { Bench } from '../bench.ts'
import type { Finding } from '../findings.ts'
import type { Room } from '../product/rooms.ts'
import { median } from '../statistics.ts'
import { ofChatApp } from './site.ts'
import { SpreadRooms, type Stretch } from './spread-rooms.ts'
import type { Town } from './town.ts'

const HALL_PUBLISHERS = 8
/** Enough is under way that what is measured is the work and not the waiting. */
const WINDOW = 20
const WARM_UP_S = 2
/** Until the code of each process is compiled: nine of them share the server's core. */
const FIRST_WARM_UP_S = 10

interface Towns {
  whole: Town
  split: Town
}

/**
 * Sends into many rooms and deliveries of one large one, in turn by both shapes. What counts is a
 * CPU second of ChatApp's processes together, so that more processes do not count as more cores,
 * and other programs hardly matter.
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
    sendsPerSecond: median(sends.split.map(({ acks, seconds }) => acks / seconds)),
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

async function takeTurns(towns: Towns, { bench, what, publishers }: Turns): Promise<Rounds> {
  const { scale, options, progress } = bench
  const rounds: Rounds = { whole: [], split: [], faults: 0 }
  for (let round = 1; round <= scale.split.rounds; round++) {
    for (const shape of ['whole', 'split'] as const) {
      progress.say(`split: ${what} of the ${shape} product, round ${round}`)
      const { site, rooms, hall } = towns[shape]
      const where: Room[] = what === 'sends' ? rooms : [hall]
      using live = await SpreadRooms.open({ site, rooms: where, gateways: 2, publishers })
      live.start(WINDOW)
      await live.sample(round === 1 ? FIRST_WARM_UP_S : WARM_UP_S)
      rounds[shape].push(await live.sample(options.seconds / 2))
      rounds.faults += await live.finish()
    }
  }
  return rounds
}

function toFinding(what: string, rounds: Rounds, count: (one: Stretch) => number): Finding {
  const rate = (one: Stretch) => count(one) / ofChatApp(one.cpu)
  const [split, whole] = [median(rounds.split.map(rate)), median(rounds.whole.map(rate))]
  return {
    part: 'split',
    what: `${what} of a CPU second, beside one process`,
    value: (100 * split) / whole,
    unit: '%',
    target: { atLeast: 60 },
    note: `${thousands(split)} and ${thousands(whole)}; ${costs(rounds.split, count)}`,
  }
}

/** Where the time of one goes, in the middle round. */
function costs(stretches: Stretch[], count: (one: Stretch) => number): string {
  const cost = (cpu: (one: Stretch) => number) =>
    `${(1e6 * median(stretches.map((one) => cpu(one) / count(one))) || 0).toFixed(1)} µs`
  const gateways = cost(({ cpu }) => cpu.gateways.reduce((sum, one) => sum + one, 0))
  const messages = cost(({ cpu }) => cpu.messages)
  const redis = cost(({ cpu }) => cpu.redis)
  const database = cost(({ cpu }) => cpu.database)
  return `each costs gateways ${gateways}, messages ${messages}; Redis ${redis}, PostgreSQL ${database}`
}

const thousands = (value: number) => Math.round(value).toLocaleString('en')
