import { isIPv6 } from 'node:net'
import { ChatError } from '@chatapp/protocol'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

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

export const memoryLimits: LimiterFactory = (name, { points, perSeconds }) => {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points, duration: perSeconds })
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
