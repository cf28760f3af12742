import type { Bench } from '../bench.ts'
import type { Finding } from '../findings.ts'
import { median } from '../statistics.ts'
import { keepPace } from '../workloads/paced.ts'
import { sumOf, untilCalm } from './site.ts'
import { beyond, SpreadRooms } from './spread-rooms.ts'
import type { Town } from './town.ts'

const PUBLISHERS = 8
const WINDOW = 4
const WARM_UP_S = 3
/** Devices of everybody: sockets are what a gateway has to write to. */
const DEVICES = 5
const SMALL_ROOM = 16
/** Messages a second for the large room: slow enough that each is written to all sockets by itself. */
const LARGE_ROOM_PACE = 50

/** What more gateways bring, and what they cost. */
export async function compareGateways(town: Town, bench: Bench) {
  const { hall, site } = town
  const sockets = hall.members.length * DEVICES
  const large = { sockets, pace: LARGE_ROOM_PACE }
  const turns: Record<1 | 2, Ran[]> = { 1: [], 2: [] }
  // The first round warms both gateways up; then the machine's own ups and downs meet each in turn.
  for (let round = 0; round <= bench.scale.split.gatewayRounds; round++)
    for (const gateways of round % 2 === 0 ? ([1, 2] as const) : ([2, 1] as const))
      turns[gateways].push(await run(town, bench, { gateways, ...large }))
  const spread: (Ran & { gateways: number })[] = []
  for (let gateways = 1; gateways <= site.gateways.length; gateways *= 2)
    spread.push({ gateways, ...(await run(town, bench, { gateways, sockets: SMALL_ROOM })) })
  return {
    findings: [
      capacity(turns[1].slice(1), turns[2].slice(1)),
      ...spread.map((ran) => cost(ran.gateways, ran)),
    ],
    faults: sumOf([...turns[1], ...turns[2], ...spread], ({ faults }) => faults),
  }
}

interface Spread {
  gateways: number
  sockets: number
  /** Messages a second; without it, as many as go. */
  pace?: number
}

type Ran = Awaited<ReturnType<typeof run>>

async function run({ site, hall }: Town, { options, progress }: Bench, spread: Spread) {
  const { gateways, sockets, pace } = spread
  progress.say(`split: ${sockets} sockets at ${gateways} of ${site.gateways.length} gateways`)
  const devices = Array.from({ length: DEVICES }, () => hall.members).flat()
  const rooms = [{ ...hall, members: devices.slice(0, sockets) }]
  using live = await SpreadRooms.open({ site, rooms, gateways, publishers: PUBLISHERS })
  await untilCalm(site)
  const quiet = await live.sample(2)
  const pacing = pace === undefined ? undefined : keepPace(live.publishers, pace)
  if (!pacing) live.start(WINDOW)
  await live.sample(WARM_UP_S)
  const busy = await live.sample(options.seconds)
  clearInterval(pacing)
  const gatewayCpu = beyond(quiet, busy).gateways
  return { busy, gatewayCpu, faults: await live.finish() }
}

/** The busiest gateway sets the limit when each has a core of its own. */
function capacity(one: Ran[], two: Ran[]): Finding {
  const limit = ({ busy, gatewayCpu }: Ran) => busy.messages / Math.max(...gatewayCpu)
  const ratios = two.map((ran, round) => limit(ran) / limit(one[round] ?? ran))
  return {
    part: 'split',
    what: 'deliveries that two gateways can bring, beside one',
    value: median(ratios),
    unit: '×',
    target: { atLeast: 1.7 },
    note: `${LARGE_ROOM_PACE} messages a second, by the CPU time of the busiest; of ${ratios.length} rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
  }
}

function cost(gateways: number, { busy, gatewayCpu }: Ran): Finding {
  const each = (cpu: number[]) => (1e6 * sumOf(cpu, (one) => one)) / busy.acks
  const all = gatewayCpu.length
  return {
    part: 'split',
    what: `a message with its members at ${gateways} of ${all} gateways: CPU of all gateways`,
    value: each(gatewayCpu),
    unit: 'µs',
    note: `of it ${each(gatewayCpu.slice(gateways)).toFixed(1)} µs at the ${all - gateways} without a member`,
  }
}
