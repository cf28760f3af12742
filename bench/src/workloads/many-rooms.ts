import type { Findings } from '../findings.ts'
import type { Stage } from '../stage.ts'
import { LiveRooms } from './live-rooms.ts'
import { describeLoad, describeUndisturbed, type Sample } from './sample.ts'

/** B: many small rooms, one publisher in each, each sending after its own acknowledgement. */
export async function measureManyRooms(stage: Stage): Promise<Findings & { rate: number }> {
  const { options, progress } = stage.bench
  progress.say(`B many rooms: ${options.seconds} s`)
  using live = await LiveRooms.open(stage, stage.world.rooms, 1)
  live.start(1)
  await live.warmUp()
  const sample = await live.sample(options.seconds)
  const check = await live.finish('B')
  return { ...present(sample), checks: [check], rate: sample.acks / sample.seconds }
}

function present(sample: Sample): Pick<Findings, 'findings' | 'remarks'> {
  const { acks, seconds } = sample
  return {
    findings: [
      {
        part: 'B',
        what: 'many rooms: acknowledged durable sends',
        value: acks / seconds,
        unit: '/s',
        target: { atLeast: 6_000 },
        note: describeUndisturbed(acks / seconds, sample) + describeLoad(sample),
      },
    ],
    remarks: [],
  }
}
