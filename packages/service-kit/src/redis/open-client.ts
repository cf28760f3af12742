import { createClient, createCluster } from '@redis/client'
import type { RedisTarget } from './url.ts'

/** One way to Redis, whatever is at its end. It does not mend itself: after an error it is over. */
export interface RedisClient {
  /** The key says which node of a cluster answers. */
  command(key: string, args: string[]): Promise<unknown>
  publish(channel: string, message: string): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  /** With the listener: without it, one who subscribes again meanwhile is forgotten as well. */
  unsubscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  /** Channels that begin so, together on every server that publishes. */
  everywhere(channel: string): Promise<string[]>
  close(): void
}

interface OpenOptions {
  /** Shown by CLIENT LIST. */
  name: string
  onError(error: Error): void
}

const CONNECT_TIMEOUT_MS = 3_000
/** Redis answers in a millisecond; whoever waits for so long goes on without. */
const COMMAND_TIMEOUT_MS = 2_000
/** News wait for nobody, and the beat finds a dead connection: a timer for each would cost more than it. */
const UNTIMED = { timeout: 0 }
/** So many names at once reach all servers of a usual cluster. */
const NAMES_AT_ONCE = 32

export function openClient(target: RedisTarget, options: OpenOptions): Promise<RedisClient> {
  switch (target.kind) {
    case 'single':
      return openNode({ ...target, ...target.node }, options)
    case 'sentinel':
      return openMaster(target, options)
    case 'cluster':
      return openCluster(target, options)
  }
}

interface NodeTarget {
  host: string
  port: number
  tls: boolean
  database?: number
  username?: string
  password?: string
}

async function openNode(node: NodeTarget, options: OpenOptions): Promise<RedisClient> {
  const client = createClient({ ...clientOptions(node, options), database: node.database ?? 0 })
  client.on('error', options.onError)
  try {
    await client.connect()
  } catch (error) {
    client.destroy()
    throw error
  }
  const untimed = client.withCommandOptions(UNTIMED)
  return {
    command: (_key, args) => inTime(client.sendCommand(args)),
    publish: (channel, message) => untimed.sPublish(channel, message),
    subscribe: (channel, listener) => client.sSubscribe(channel, listener),
    unsubscribe: (channel, listener) => client.sUnsubscribe(channel, listener),
    everywhere: async (channel) => [channel],
    close: () => client.destroy(),
  }
}

type Sentinels = Extract<RedisTarget, { kind: 'sentinel' }>

/** Asks one sentinel after the other who is the master now. */
async function openMaster(target: Sentinels, options: OpenOptions): Promise<RedisClient> {
  let failure: unknown
  for (const { host, port } of target.sentinels) {
    try {
      const master = await askForMaster({ host, port, tls: target.tls }, target.master)
      return await openNode({ ...target, ...master }, options)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

async function askForMaster(sentinel: NodeTarget, name: string) {
  const client = await openNode(sentinel, { name: 'chatapp', onError: () => undefined })
  try {
    const answer = await client.command('', ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name])
    if (!Array.isArray(answer)) throw new Error(`the sentinel knows no master "${name}"`)
    return { host: String(answer[0]), port: Number(answer[1]) }
  } finally {
    client.close()
  }
}

type Cluster = Extract<RedisTarget, { kind: 'cluster' }>

async function openCluster(target: Cluster, options: OpenOptions): Promise<RedisClient> {
  const ofNode = (node: Cluster['nodes'][number]) => clientOptions({ ...target, ...node }, options)
  const [first] = target.nodes
  const { socket, ...rest } = first ? ofNode(first) : {}
  const { host: _host, port: _port, ...anyNode } = socket ?? {}
  const cluster = createCluster({
    rootNodes: target.nodes.map(ofNode),
    defaults: { ...rest, socket: anyNode },
    minimizeConnections: true,
  })
  // Without one of its servers a cluster takes and tells only a part.
  for (const failure of ['error', 'node-error', 'sharded-channel-moved-error'])
    cluster.on(failure, options.onError)
  try {
    await cluster.connect()
  } catch (error) {
    cluster.destroy()
    throw error
  }
  const untimed = cluster.withCommandOptions(UNTIMED)
  return {
    command: (key, args) => inTime(cluster.sendCommand(key, false, args)),
    publish: (channel, message) => untimed.sPublish(channel, message),
    subscribe: (channel, listener) => cluster.sSubscribe(channel, listener),
    unsubscribe: (channel, listener) => cluster.sUnsubscribe(channel, listener),
    everywhere: (channel) => findChannels(cluster, channel),
    close: () => cluster.destroy(),
  }
}

interface Topology {
  slots: { master: { address: string } }[]
  sendCommand(key: string, isReadOnly: boolean, args: string[]): Promise<unknown>
}

/** One for each master, tried out: only Redis knows to which of them a name belongs. */
async function findChannels(cluster: Topology, name: string): Promise<string[]> {
  const found = new Map<string, string>()
  // A master without slots, like one that has just joined, has no names.
  const addresses = new Set(cluster.slots.map(({ master }) => master.address))
  for (let tried = 0; found.size < addresses.size; tried += NAMES_AT_ONCE) {
    const names = Array.from({ length: NAMES_AT_ONCE }, (_, i) => `${name}:${tried + i}`)
    const ask = (one: string) => cluster.sendCommand(one, true, ['CLUSTER', 'KEYSLOT', one])
    const slots = await Promise.all(names.map(ask))
    for (const [i, one] of names.entries()) {
      const { address } = cluster.slots[Number(slots[i])]?.master ?? {}
      if (address && !found.has(address)) found.set(address, one)
    }
  }
  return [...found.values()]
}

/** Rejects when there is no answer in time: the limit of the client ends with the writing. */
async function inTime<T>(asking: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error('Redis did not answer in time')),
    COMMAND_TIMEOUT_MS,
  )
  try {
    return await Promise.race([asking, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Reconnecting is ours: subscriptions have to be made anew and news looked for. */
function clientOptions({ host, port, tls, username, password }: NodeTarget, { name }: OpenOptions) {
  return {
    socket: {
      host,
      port,
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: false as const,
      ...(tls && { tls: true as const }),
    },
    name,
    disableOfflineQueue: true,
    maintNotifications: 'disabled' as const,
    commandOptions: { timeout: COMMAND_TIMEOUT_MS },
    ...(username && { username }),
    ...(password && { password }),
  }
}
