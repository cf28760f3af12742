import type { Findings } from '../findings.ts'
import type { Stage } from '../stage.ts'
import { LiveRooms } from './live-rooms.ts'
import { describeLoad, describeUndisturbed } from './sample.ts'

/** A: everybody is in one room, a few publish, each after its own acknowledgement. */
export async function measureHotRoom(stage: Stage): Promise<Findings> {
  const { bench, world } = stage
  const { scale, progress, options } = bench
  progress.say(`A hot room: connecting ${scale.hotMembers} members`)
  using live = await LiveRooms.open(stage, [world.hotRoom], scale.hotPublishers)
  live.start(1)
  await live.warmUp()
  progress.say(`A hot room: ${options.seconds} s`)
  const sample = await live.sample(options.seconds)
  const check = await live.finish('A')
  const { seconds, messages, acks, reads, bytes } = sample
  return {
    findings: [
      {
        part: 'A',
        what: 'hot room: deliveries',
        value: messages / seconds,
        unit: '/s',
        target: { atLeast: 500_000 },
        note: describeUndisturbed(messages / seconds, sample) + describeLoad(sample),
      },
      {
        part: 'A',
        what: 'hot room: acknowledged sends',
        value: acks / seconds,
        unit: '/s',
        target: { atLeast: 1_000 },
        note: `${(messages / reads).toFixed(1)} frames a read, ${Math.round(bytes / messages)} bytes a frame`,
      },
    ],
    checks: [check],
    remarks: [],
  }
}
