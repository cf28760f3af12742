import {
  type Bus,
  connectRedis,
  createInProcessBus,
  createRedisBus,
  type Logger,
  type Redis,
  type Registry,
} from '@chatapp/service-kit'
import type { Config } from '../config.ts'
import type { Closers } from './closers.ts'

interface BusOptions {
  /** Which process this is. */
  name: string
  log: Logger
  metrics: Registry
  signal?: AbortSignal | undefined
}

/** What processes tell each other by: Redis, or nothing when this is the only one. */
export interface Wires {
  bus: Bus
  redis?: Redis
}

export async function openWires(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  { name, log, metrics, signal }: BusOptions,
  closers: Closers,
): Promise<Wires> {
  if (redisUrl === undefined) return { bus: closers.add('the bus', createInProcessBus()) }
  const connecting = connectRedis({ url: redisUrl, name, log, signal })
  const redis = closers.add('the connection to Redis', await connecting)
  return { redis, bus: closers.add('the bus', createRedisBus({ redis, log, metrics })) }
}
