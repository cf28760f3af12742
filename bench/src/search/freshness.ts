import { setTimeout as sleep } from 'node:timers/promises'
import type { Findings } from '../findings.ts'
import { percentile } from '../statistics.ts'
import { ask } from './asker.ts'
import type { SearchStage } from './search-stage.ts'

const GIVE_UP_MS = 10_000
const LOOK_EVERY_MS = 5

/** From the acknowledgement of a message until a search finds it. */
export async function measureFreshness(stage: SearchStage): Promise<Findings> {
  const { bench, people, town, answerer } = stage
  bench.progress.say('Search: sending and finding')
  const conversationId = town.stored.ids[0] ?? ''
  const times: number[] = []
  for (let number = 0; number < bench.scale.searchCalls; number++) {
    const word = `fresh${Math.random().toString(36).slice(2)}`
    await people.hub.client.messages.send({ conversationId, data: `${word} ${number}` })
    times.push(await timeUntilFound(stage, word))
  }
  const figure = (what: string, share: number) => ({
    part: answerer.part,
    what: `a new message is found: ${what}`,
    value: percentile(times, share),
    unit: 'ms',
    target: { atMost: answerer.limits.fresh },
  })
  return { findings: [figure('p50', 0.5), figure('p99', 0.99)], checks: [], remarks: [] }
}

async function timeUntilFound({ caller, people }: SearchStage, word: string): Promise<number> {
  const start = performance.now()
  while (performance.now() - start < GIVE_UP_MS) {
    const { hits } = await ask(caller, people.hermit, { q: word })
    if (hits.length > 0) break
    await sleep(LOOK_EVERY_MS)
  }
  return performance.now() - start
}
