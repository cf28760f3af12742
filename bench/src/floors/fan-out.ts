import { serverCores } from '../bench.ts'
import { Fleet } from '../driver/fleet.ts'
import { Publisher } from '../driver/publisher.ts'
import type { Findings } from '../findings.ts'
import type { Stage } from '../stage.ts'
import { median } from '../statistics.ts'
import { LiveRooms } from '../workloads/live-rooms.ts'
import { describeLoad, type Sample, takeSample } from '../workloads/sample.ts'
import { startBareServer } from './bare.ts'

/** What fan-out costs the server's process, beside a bare socket server that does nothing else. */
export async function compareFanOut(stage: Stage): Promise<Findings> {
  const { scale, progress } = stage.bench
  progress.say('Floor of fan-out: connecting')
  using live = await LiveRooms.open(stage, [stage.world.hotRoom], scale.hotPublishers)
  live.start(1)
  await live.warmUp()
  const shape = shapeOf(await live.sample(scale.roundSeconds))
  await live.finish('floors')
  const floor = await openFloor(stage, shape)
  try {
    const [ours, bare]: Sample[][] = [[], []]
    for (let round = 1; round <= scale.rounds; round++) {
      progress.say(`Floor of fan-out: round ${round} of ${scale.rounds}`)
      bare?.push(await floor.run(scale.roundSeconds))
      live.start(1)
      ours?.push(await live.sample(scale.roundSeconds))
      await live.finish('floors')
    }
    return present(ours ?? [], bare ?? [], shape)
  } finally {
    await floor.close()
  }
}

interface Shape {
  framesPerTurn: number
  frameBytes: number
}

const shapeOf = ({ messages, reads, bytes }: Sample): Shape => ({
  framesPerTurn: Math.max(1, Math.round(messages / reads)),
  frameBytes: Math.round(bytes / messages),
})

async function openFloor({ bench }: Stage, shape: Shape) {
  const { scale, cores } = bench
  const server = await startBareServer({ cores: serverCores(bench), ...shape })
  const fleet = new Fleet(server.address, 'ignored')
  const clients = await fleet.open(Array.from({ length: scale.hotMembers }, () => ''))
  const publishers = clients
    .slice(0, scale.hotPublishers)
    .map((client) => new Publisher(client, ''))
  return {
    async run(seconds: number): Promise<Sample> {
      for (const publisher of publishers) publisher.start(1)
      const { totals } = fleet
      const watched = { totals, server: server.pid, database: () => [], core: cores.server }
      const sample = await takeSample(watched, seconds)
      for (const publisher of publishers) publisher.stop()
      return sample
    },
    async close() {
      fleet.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Deliveries in a second of the process's own CPU time: others on the core do not count. */
const perCpuSecond = ({ messages, serverCpu }: Sample) => messages / serverCpu

function present(ours: Sample[], bare: Sample[], shape: Shape): Findings {
  const [our, floor] = [median(ours.map(perCpuSecond)), median(bare.map(perCpuSecond))]
  const [last, lastBare] = [ours.at(-1), bare.at(-1)]
  const wall = median(bare.map((sample) => sample.messages / sample.seconds))
  return {
    findings: [
      {
        part: 'floors',
        what: 'floor: deliveries of a bare ws server in a second of its CPU',
        value: floor,
        unit: '/s',
        note: `${shape.framesPerTurn} frames of ${shape.frameBytes} bytes a turn; by the clock ${Math.round(wall / 1000)} k/s; ${lastBare ? describeLoad(lastBare) : ''}`,
      },
      {
        part: 'floors',
        what: 'deliveries of ChatApp in a second of its CPU',
        value: our,
        unit: '/s',
        note: last ? describeLoad(last) : '',
      },
      {
        part: 'floors',
        what: 'fan-out beside the bare ws server',
        value: (100 * our) / floor,
        unit: '%',
        target: { atLeast: 70 },
      },
    ],
    checks: [],
    remarks: [],
  }
}
