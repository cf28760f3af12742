import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../driver/client.ts'
import { readStamp } from '../driver/message-frame.ts'
import type { Publisher } from '../driver/publisher.ts'
import type { Findings } from '../findings.ts'
import type { Stage } from '../stage.ts'
import { percentile } from '../statistics.ts'
import { LiveRooms } from './live-rooms.ts'
import { describeLoad } from './sample.ts'

const TICK_MS = 1

/** D: as B, but at a given rate, whether the server keeps up or not. */
export async function measurePaced(stage: Stage, perSecond: number): Promise<Findings> {
  const { options, progress } = stage.bench
  progress.say(`D paced: ${Math.round(perSecond)} sends/s for ${options.seconds} s`)
  using live = await LiveRooms.open(stage, stage.world.rooms, 1)
  const pace = keepPace(live.publishers, perSecond)
  await live.warmUp()
  const delays = recordDelays(live.fleet.clients)
  const sample = await live.sample(options.seconds)
  const measured = Float64Array.from(delays)
  clearInterval(pace)
  await sleep(TICK_MS)
  const check = await live.finish('D')
  const figure = (what: string, share: number, atMost: number) => ({
    part: 'D',
    what: `paced: send to deliver, ${what}`,
    value: percentile(measured, share),
    unit: 'ms',
    target: { atMost },
  })
  return {
    findings: [
      {
        ...figure('p50', 0.5, 3),
        note: `at ${Math.round(sample.acks / sample.seconds)} sends/s; ${describeLoad(sample)}`,
      },
      figure('p99', 0.99, 15),
    ],
    checks: [check],
    remarks: [],
  }
}

/** Each publisher in its turn; what a late tick has missed, it makes up for. */
export function keepPace(publishers: Publisher[], perSecond: number): NodeJS.Timeout {
  const start = performance.now()
  let sent = 0
  return setInterval(() => {
    const due = ((performance.now() - start) / 1000) * perSecond
    for (; sent < due; sent++) publishers[sent % publishers.length]?.send()
  }, TICK_MS)
}

/** Sender and receiver are this process, so there is only one clock. */
export function recordDelays(clients: Client[]): number[] {
  const delays: number[] = []
  for (const client of clients) {
    client.onMessage = (bytes, start) => {
      delays.push(performance.now() - readStamp(bytes, start) / 1000)
    }
  }
  return delays
}
