import { randomUUID } from 'node:crypto'
import type { Findings } from '../findings.ts'
import { residentBytes } from '../machine/proc.ts'
import { cpuSecondsOf, mention, type PushStage, subscribeMany } from './push-stage.ts'
import { untilTaken } from './until-taken.ts'

/** How many people each message of the backlog calls. */
const CALLED = 100
const MESSAGES_A_CALL = 5
const MB = 1_000_000

export interface Drained extends Findings {
  cpuMsEach: number
}

/** Everything is told while no device wants anything, and then all of it is due. */
export async function measureBacklog(stage: PushStage): Promise<Drained> {
  const { bench, endpoint, sql, pid } = stage
  const { devices, conversations } = bench.scale.push
  const total = devices * conversations
  bench.progress.say(`Push: a backlog of ${total}`)
  const people = await subscribeMany(stage, devices)
  await sql`update notifications.subscriptions set wait_until = now() + interval '1 day'`
  endpoint.taken.clear()
  const memory = watch(pid)
  const takingIn = await clock(() => tellAll(stage, people))
  bench.progress.say('Push: the backlog drains')
  await sql`update notifications.subscriptions set wait_until = null`
  let cpu = 0
  const draining = await clock(async () => {
    cpu = await cpuSecondsOf(pid, async () => {
      await sql`update notifications.topics set next_at = now() where state <> 'shown'`
      await untilTaken(endpoint, total, memory.look)
    })
  })
  const sums = { rate: total / draining, cpuMsEach: (cpu * 1000) / total }
  return {
    cpuMsEach: sums.cpuMsEach,
    findings: [
      finding('memory of the process, at most', memory.most() / MB, {
        unit: 'MB',
        target: { atMost: 300 },
      }),
      finding(`a backlog of ${total} drains`, sums.rate, {
        unit: '/s',
        note: `in ${draining.toFixed(1)} s with ${cpu.toFixed(1)} s of CPU; taken in at ${Math.round(total / takingIn)}/s`,
      }),
    ],
    checks: [
      {
        part: 'push',
        what: 'the backlog came, nothing of it more than twice',
        isMet: endpoint.taken.size === total && [...endpoint.taken.values()].every((n) => n <= 2),
        found: `${endpoint.taken.size} of ${total}, ${countTwice(endpoint.taken)} twice`,
      },
    ],
    remarks: [],
  }
}

const finding = (
  what: string,
  value: number,
  rest: Omit<Findings['findings'][0], 'part' | 'what' | 'value'>,
) => ({
  ...{ part: 'push', what, value },
  ...rest,
})

/** A push service that does not answer in time is asked again, under the same topic. */
const countTwice = (taken: ReadonlyMap<string, number>) =>
  [...taken.values()].filter((times) => times > 1).length

async function tellAll({ bench, tell }: PushStage, people: string[]): Promise<void> {
  for (let i = 0; i < bench.scale.push.conversations; i++) {
    const conversationId = randomUUID()
    const groups = Array.from({ length: Math.ceil(people.length / CALLED) }, (_, group) =>
      people.slice(group * CALLED, (group + 1) * CALLED),
    )
    const messages = groups.map((to, at) => ({
      ...mention({ conversationId, to }),
      position: at + 1,
    }))
    for (let from = 0; from < messages.length; from += MESSAGES_A_CALL)
      await tell(messages.slice(from, from + MESSAGES_A_CALL))
  }
}

async function clock(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function watch(pid: number) {
  let most = 0
  const look = () => {
    most = Math.max(most, residentBytes(pid))
  }
  look()
  return { look, most: () => most }
}
