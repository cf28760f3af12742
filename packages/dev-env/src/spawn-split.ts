import type { Part } from '@chatapp/app'
import type { TestDatabase } from './databases.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { settle } from './settle.ts'
import { type Spawned, spawnChatApp } from './spawn-product.ts'
import { planSplit } from './split-plan.ts'

export interface SplitProcess extends Spawned {
  part: Part
  url: string
}

export interface SpawnedSplit extends AsyncDisposable {
  /** Of all gateways. */
  urls: string[]
  redis: TestRedis
  processes: SplitProcess[]
  /** Another process in the place of one that has ended. */
  again(ended: SplitProcess): Promise<SplitProcess>
}

const READY_WITHIN_MS = 90_000

/** Two processes of each service, as an operator starts them, each with a data directory of its own. */
export async function spawnSplit(database: TestDatabase): Promise<SpawnedSplit> {
  const redis = await startRedis()
  const plan = await planSplit(redis.url)
  const folders: string[] = []
  const spawnOne = async (part: Part, port: string): Promise<SplitProcess> => {
    const directory = await makeFolder()
    folders.push(directory)
    const env = {
      ...{ HOST: '127.0.0.1', RATE_LIMITS: 'off', LOG_LEVEL: 'warn', CHATAPP_DATA_DIR: directory },
      ...(part !== 'gateway' && { DATABASE_URL: urlOf(database, part) }),
      ...plan.env,
      PORT: port,
    }
    const child = spawnChatApp(['start', part], { env })
    return { ...child, part, url: `http://127.0.0.1:${port}` }
  }
  const processes: SplitProcess[] = []
  for (const { part, env } of plan.processes) processes.push(await spawnOne(part, env.PORT ?? ''))
  const close = async () => {
    await Promise.all(processes.map((one) => one[Symbol.asyncDispose]()))
    await redis[Symbol.asyncDispose]()
    await Promise.all(folders.map(removeFolder))
  }
  try {
    await Promise.all(processes.map(isReady))
  } catch (error) {
    await close()
    throw error
  }
  return {
    urls: plan.urls.gateway,
    redis,
    processes,
    async again(ended) {
      const next = await spawnOne(ended.part, new URL(ended.url).port)
      processes.push(next)
      await isReady(next)
      return next
    },
    [Symbol.asyncDispose]: close,
  }
}

async function isReady(child: SplitProcess): Promise<void> {
  let ended: number | string | undefined
  void child.exit.then((code) => {
    ended = code
  })
  await settle(
    `${child.part} is ready`,
    () => {
      if (ended !== undefined) throw new Error(`${child.part} ended: ${child.output().slice(-500)}`)
      return child.stdout().includes(`${child.part} is ready at ${child.url}`)
    },
    READY_WITHIN_MS,
  )
}

function urlOf(database: TestDatabase, part: Exclude<Part, 'gateway'>): string {
  const { socket } = database.targetOf(part)
  if (!socket) throw new Error('the test server is reached by a socket')
  const { username, password, host } = socket
  return `postgres://${username}:${encodeURIComponent(password)}@${encodeURIComponent(host)}/${database.name}`
}
