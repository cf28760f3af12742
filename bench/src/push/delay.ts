import type { Findings } from '../findings.ts'
import { registerPeople } from '../product/people.ts'
import { median, percentile } from '../statistics.ts'
import { deviceKeys, type PushStage } from './push-stage.ts'

const ARRIVES_WITHIN_MS = 30_000

/** From the acknowledgement of a message to the request at the push service, nothing else going on. */
export async function measureDelay({ bench, cluster, endpoint }: PushStage): Promise<Findings> {
  const { delays } = bench.scale.push
  bench.progress.say('Push: the delay of single ones')
  const [alice, bob] = await registerPeople(cluster.url, 2, 'push')
  if (!alice || !bob) throw new Error('nobody was registered')
  await bob.client.notifications.subscribe({ endpoint: `${endpoint.origin}/bob`, keys: deviceKeys })
  const { id } = await alice.client.conversations.openDirect(bob.id)
  const found: number[] = []
  for (let i = 0; i < delays; i++) {
    const pushed = nextPush(endpoint)
    await alice.client.messages.send({ conversationId: id, data: `Message ${i}` })
    const ackedAt = performance.now()
    found.push((await pushed) - ackedAt)
  }
  for (const { client } of [alice, bob]) await client.close()
  return {
    findings: [
      {
        part: 'push',
        what: 'from acknowledgement to push, p99',
        value: percentile(found, 0.99),
        unit: 'ms',
        target: { atMost: 500 },
        note: `p50 ${median(found).toFixed(0)} ms of ${delays}, one after the other`,
      },
    ],
    checks: [],
    remarks: [],
  }
}

/** Resolves to the time of it. */
function nextPush(endpoint: PushStage['endpoint']): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const timer = setTimeout(() => reject(new Error('no push message came')), ARRIVES_WITHIN_MS)
  endpoint.onPush = () => resolve(performance.now())
  return promise.finally(() => {
    clearTimeout(timer)
    endpoint.onPush = undefined
  })
}
