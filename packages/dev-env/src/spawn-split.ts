import type { Part } from '@chatapp/app'
import { type TestDatabase, urlOf } from './databases.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { settle } from './settle.ts'
import { type Spawned, spawnChatApp } from './spawn-product.ts'
import { type Plan, planSplit, type SplitSize } from './split-plan.ts'

export interface SplitProcess extends Spawned {
  part: Part
  url: string
}

export interface SpawnedSplit extends AsyncDisposable {
  /** Of all gateways. */
  urls: string[]
  redis: TestRedis
  /** The present ones. */
  processes: SplitProcess[]
  /** By which they know each other. */
  serviceToken: string
  /** Another process in the place of one that has ended. */
  again(ended: SplitProcess): Promise<SplitProcess>
  /** Ends those that run as an operator does: the gateways first, so that nobody is let down. */
  drain(): Promise<void>
}

export interface SpawnSplitOptions extends Partial<SplitSize> {
  /** A process group each, which a Ctrl-C in the terminal does not reach. */
  isDetached?: boolean
  /** Variables for all of them. */
  env?: Record<string, string>
  signal?: AbortSignal | undefined
  nodeArguments?: string[]
  onOutput?: (part: Part, text: string) => void
  /** The executable of another version. */
  main?: string
  /** Where the others find the process of a service, of which there is one then. */
  inFrontOf?: (service: string, url: string) => Promise<string>
}

const READY_WITHIN_MS = 90_000
/** A little more than the product gives itself. */
const DRAINED_WITHIN_MS = 15_000

/** Processes of each service, as an operator starts them, each with a data directory of its own. */
export async function spawnSplit(
  database: TestDatabase,
  options: SpawnSplitOptions = {},
): Promise<SpawnedSplit> {
  const { gateways = 2, services = 2, isDetached = false, signal, onOutput } = options
  const { nodeArguments = [] } = options
  const redis = await startRedis([], { isDetached })
  const plan = await planSplit(redis.url, { gateways, services })
  const addresses = options.inFrontOf && (await putInFront(plan, options.inFrontOf))
  const folders: string[] = []
  const processes: SplitProcess[] = []
  const spawnOne = async (part: Part, port: string): Promise<SplitProcess> => {
    const directory = await makeFolder()
    folders.push(directory)
    const env = {
      ...{ HOST: '127.0.0.1', RATE_LIMITS: 'off', LOG_LEVEL: 'warn', CHATAPP_DATA_DIR: directory },
      ...(part !== 'gateway' && { DATABASE_URL: urlOf(database, part) }),
      ...plan.env,
      ...addresses,
      ...options.env,
      PORT: port,
    }
    const told = onOutput && ((text: string) => onOutput(part, text))
    const child = spawnChatApp(['start', part], {
      env,
      isDetached,
      nodeArguments,
      onOutput: told,
      main: options.main,
    })
    return { ...child, part, url: `http://127.0.0.1:${port}` }
  }
  const close = async () => {
    await Promise.all(processes.map((one) => one[Symbol.asyncDispose]()))
    await redis[Symbol.asyncDispose]()
    await Promise.all(folders.map(removeFolder))
  }
  try {
    for (const { part, env } of plan.processes) processes.push(await spawnOne(part, env.PORT ?? ''))
    await Promise.all(processes.map((one) => isReady(one, signal)))
  } catch (error) {
    await close()
    throw error
  }
  return {
    urls: plan.urls.gateway,
    redis,
    processes,
    serviceToken: plan.serviceToken,
    async again(ended) {
      const next = await spawnOne(ended.part, new URL(ended.url).port)
      processes[processes.indexOf(ended)] = next
      await isReady(next, signal)
      return next
    },
    drain: () => drain(processes),
    [Symbol.asyncDispose]: close,
  }
}

async function putInFront(
  { urls: { users, messages, notifications } }: Plan,
  inFrontOf: NonNullable<SpawnSplitOptions['inFrontOf']>,
): Promise<Record<string, string>> {
  return {
    USERS_URL: await inFrontOf('users', users.join()),
    MESSAGES_URL: await inFrontOf('messages', messages.join()),
    NOTIFICATIONS_URL: await inFrontOf('notifications', notifications.join()),
  }
}

async function drain(processes: SplitProcess[]): Promise<void> {
  const [gateways, services] = [
    processes.filter(({ part }) => part === 'gateway'),
    processes.filter(({ part }) => part !== 'gateway'),
  ]
  for (const group of [gateways, services]) await Promise.all(group.map(drainOne))
}

async function drainOne(child: SplitProcess): Promise<void> {
  child.signal('SIGTERM')
  const timer = setTimeout(() => child.signal('SIGKILL'), DRAINED_WITHIN_MS)
  await child.exit
  clearTimeout(timer)
}

async function isReady(child: SplitProcess, signal: AbortSignal | undefined): Promise<void> {
  let ended: number | string | undefined
  void child.exit.then((code) => {
    ended = code
  })
  await settle(
    `${child.part} is ready`,
    () => {
      signal?.throwIfAborted()
      if (ended !== undefined) throw new Error(`${child.part} ended: ${child.output().slice(-500)}`)
      return child.stdout().includes(`${child.part} is ready at ${child.url}`)
    },
    READY_WITHIN_MS,
  )
}
