import type { Bench } from '../bench.ts'
import type { Finding } from '../findings.ts'
import { sumOf } from './site.ts'
import { SpreadRooms, type Stretch } from './spread-rooms.ts'
import type { Town } from './town.ts'

const PUBLISHERS = 2
const WINDOW = 4
const SMALL_ROOM = 16

/** What more gateways bring, and what they cost. */
export async function compareGateways(town: Town, bench: Bench) {
  const { hall, site } = town
  const one = await run(town, bench, { gateways: 1, members: hall.members.length })
  const two = await run(town, bench, { gateways: 2, members: hall.members.length })
  const spread: { gateways: number; stretch: Stretch; faults: number }[] = []
  for (let gateways = 1; gateways <= site.gateways.length; gateways *= 2)
    spread.push({ gateways, ...(await run(town, bench, { gateways, members: SMALL_ROOM })) })
  return {
    findings: [
      capacity(one.stretch, two.stretch),
      ...spread.map(({ gateways, stretch }) => cost(gateways, stretch)),
    ],
    faults: sumOf([one, two, ...spread], ({ faults }) => faults),
  }
}

interface Spread {
  gateways: number
  members: number
}

async function run({ site, hall }: Town, { options, progress }: Bench, spread: Spread) {
  const { gateways, members } = spread
  progress.say(`split: ${members} members at ${gateways} of ${site.gateways.length} gateways`)
  const rooms = [{ ...hall, members: hall.members.slice(0, members) }]
  using live = await SpreadRooms.open({ site, rooms, gateways, publishers: PUBLISHERS })
  live.start(WINDOW)
  await live.sample(1)
  const stretch = await live.sample(options.seconds / 2)
  return { stretch, faults: await live.finish() }
}

/** The busiest gateway sets the limit when each has a core of its own. */
function capacity(one: Stretch, two: Stretch): Finding {
  const limit = ({ messages, cpu }: Stretch) => messages / Math.max(...cpu.gateways)
  return {
    part: 'split',
    what: 'deliveries that two gateways can bring, beside one',
    value: limit(two) / limit(one),
    unit: '×',
    target: { atLeast: 1.7 },
    note: `by the CPU time of the busiest: ${Math.round(limit(two)).toLocaleString('en')} and ${Math.round(limit(one)).toLocaleString('en')} a second of it`,
  }
}

function cost(gateways: number, { acks, cpu }: Stretch): Finding {
  const idle = sumOf(cpu.gateways.slice(gateways), (each) => each)
  const all = cpu.gateways.length
  return {
    part: 'split',
    what: `a message with its members at ${gateways} of ${all} gateways: CPU of all gateways`,
    value: (1e6 * sumOf(cpu.gateways, (each) => each)) / acks,
    unit: 'µs',
    note: `of it ${((1e6 * idle) / acks).toFixed(1)} µs at the ${all - gateways} without a member`,
  }
}
