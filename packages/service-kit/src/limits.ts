import { isIPv6 } from 'node:net'
import { ChatError } from '@chatapp/protocol'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import type { Redis } from './redis/connect.ts'

export interface Allowance {
  /** So many … */
  points: number
  /** … in so many seconds. */
  perSeconds: number
}

export interface Limiter {
  /** Takes one of the key's points, or throws `rate-limited`. */
  take(key: string): Promise<void>
  forgive(key: string): Promise<void>
}

export type LimiterFactory = (name: string, allowance: Allowance) => Limiter

export const noLimits: LimiterFactory = () => ({
  take: () => Promise.resolve(),
  forgive: () => Promise.resolve(),
})

export const memoryLimits: LimiterFactory = (name, allowance) =>
  limiterOver(inMemory(name, allowance))

/** Counts over all processes; while Redis is away each counts for itself. */
export const redisLimits =
  (redis: Redis): LimiterFactory =>
  (name, allowance) =>
    limiterOver(
      new RateLimiterRedis({
        keyPrefix: name,
        points: allowance.points,
        duration: allowance.perSeconds,
        storeClient: storeOver(redis),
        useRedisPackage: true,
        insuranceLimiter: inMemory(name, allowance),
      }),
    )

const inMemory = (name: string, { points, perSeconds }: Allowance) =>
  new RateLimiterMemory({ keyPrefix: name, points, duration: perSeconds })

/** The two commands of node-redis that counting and forgiving need. */
function storeOver(redis: Redis) {
  return {
    eval: (script: string, { keys: [key = ''], arguments: args }: ScriptInput) =>
      redis.command(`limit:${key}`, (name) => ['EVAL', script, '1', name, ...args]),
    del: (key: string) => redis.command(`limit:${key}`, (name) => ['DEL', name]),
  }
}

interface ScriptInput {
  keys: string[]
  arguments: string[]
}

function limiterOver(limiter: RateLimiterAbstract): Limiter {
  return {
    async take(key) {
      try {
        await limiter.consume(limitKeyOf(key))
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? tooMany(refusal.msBeforeNext / 1000) : refusal
      }
    },
    async forgive(key) {
      await limiter.delete(limitKeyOf(key))
    },
  }
}

/** Whoever has one IPv6 address has 2^64 of them: they count as one. */
function limitKeyOf(key: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(key)?.[1]
  if (mapped || !isIPv6(key)) return mapped ?? key
  const [head = '', tail = ''] = key.toLowerCase().split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((part) => part.padStart(4, '0'))
    .join(':')
}

export function tooMany(seconds: number): ChatError {
  const retryAfter = Math.max(1, Math.ceil(seconds))
  return new ChatError('rate-limited', `Too many requests; try again in ${retryAfter} s.`, {
    retryAfter,
  })
}
