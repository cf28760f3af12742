import { startCluster } from '@chatapp/dev-env'
import type { Bench } from '../bench.ts'
import { type Findings, join } from '../findings.ts'
import { connectTo, databaseProcesses } from '../product/database.ts'
import { nodeArguments } from '../product/product.ts'
import { pin } from '../split/site.ts'
import { measureBacklog } from './backlog.ts'
import { compareWithFloor, measureFloor } from './compare-floor.ts'
import { measureDelay } from './delay.ts'
import { startEndpoint } from './endpoint.ts'
import type { PushStage } from './push-stage.ts'
import { measureRate } from './rate.ts'

/** As in the images. */
const LESS_GARBAGE = ['--max-semi-space-size=4']

/** One process of notifications, and a push service that takes all. */
export async function measurePush(bench: Bench): Promise<Findings> {
  bench.progress.say('Push: starting the services')
  await using endpoint = await startEndpoint()
  const cluster = await startCluster({
    ...{ gateways: 1, services: 1 },
    env: { ALLOW_PRIVATE_ADDRESSES: 'on' },
    nodeArguments: [...nodeArguments(bench.options.profile), ...LESS_GARBAGE],
  })
  const { socket } = cluster.database.admin
  if (!socket) throw new Error('the database of the cluster is reached by a socket')
  const sql = connectTo(socket)
  try {
    const notifications = cluster.processes.find(({ part }) => part === 'notifications')
    if (!notifications) throw new Error('the cluster has no notifications')
    pin(bench.cores.server, [
      ...cluster.processes.map(({ pid }) => pid),
      ...databaseProcesses(cluster.database.directory),
    ])
    const tell: PushStage['tell'] = (messages) =>
      call(`${notifications.url}/internal/notifications/changed`, {
        token: cluster.serviceToken,
        items: [[messages]],
      })
    const stage: PushStage = { bench, cluster, endpoint, sql, tell, pid: notifications.pid }
    const floorMsEach = await measureFloor(stage)
    const delay = await measureDelay(stage)
    const rate = await measureRate(stage)
    const { cpuMsEach, ...backlog } = await measureBacklog(stage)
    return join([rate, delay, backlog, compareWithFloor(cpuMsEach, floorMsEach)])
  } finally {
    await sql.end({ timeout: 1 })
    await cluster.stop()
  }
}

/** As messages calls it. */
async function call(url: string, { token, items }: { token: string; items: unknown[] }) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  })
  const { outcomes } = (await answer.json()) as { outcomes: { ok: boolean }[] }
  if (!outcomes.every(({ ok }) => ok)) throw new Error(JSON.stringify(outcomes).slice(0, 300))
}
