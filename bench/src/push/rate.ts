import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Findings } from '../findings.ts'
import { cpuSecondsOf, mention, type PushStage, subscribeMany } from './push-stage.ts'
import { untilTaken } from './until-taken.ts'

const A_MINUTE = 10_000
const STEP_MS = 100

/** As many as are asked for, evenly, each to another conversation. */
export async function measureRate(stage: PushStage): Promise<Findings> {
  const { bench, endpoint, pid } = stage
  const { seconds } = bench.scale.push
  bench.progress.say(`Push: ${A_MINUTE} a minute for ${seconds} s`)
  const people = await subscribeMany(stage, 100)
  const total = Math.round((A_MINUTE / 60) * seconds)
  endpoint.taken.clear()
  const start = performance.now()
  const cpu = await cpuSecondsOf(pid, async () => {
    await tellEvenly(stage, { people, total })
    await untilTaken(endpoint, total)
  })
  const took = (performance.now() - start) / 1000
  return {
    findings: [
      {
        part: 'push',
        what: `CPU of the process at ${A_MINUTE} a minute`,
        value: cpu / seconds,
        unit: 'cores',
        target: { atMost: 1 },
        note: `${total} push messages in ${took.toFixed(1)} s, encrypted and signed each`,
      },
    ],
    checks: [
      {
        part: 'push',
        what: 'each came once',
        isMet: endpoint.taken.size === total && [...endpoint.taken.values()].every((n) => n === 1),
        found: `${endpoint.taken.size} of ${total}`,
      },
    ],
    remarks: [],
  }
}

async function tellEvenly(
  { bench, tell }: PushStage,
  { people, total }: { people: string[]; total: number },
): Promise<void> {
  const start = performance.now()
  const perMs = total / (bench.scale.push.seconds * 1000)
  for (let told = 0; told < total; ) {
    await sleep(STEP_MS)
    const due = Math.min(total, Math.floor((performance.now() - start) * perMs))
    const messages = Array.from({ length: due - told }, (_, i) => {
      const to = people[(told + i) % people.length] ?? ''
      return mention({ conversationId: randomUUID(), to: [to] })
    })
    if (messages.length > 0) await tell(messages)
    told = due
  }
}
