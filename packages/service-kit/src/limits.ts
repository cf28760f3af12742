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
        await limiter.consume(key)
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? tooMany(refusal.msBeforeNext / 1000) : refusal
      }
    },
    async forgive(key) {
      await limiter.delete(key)
    },
  }
}

export function tooMany(seconds: number): ChatError {
  const retryAfter = Math.max(1, Math.ceil(seconds))
  return new ChatError('rate-limited', `Too many requests; try again in ${retryAfter} s.`, {
    retryAfter,
  })
}
