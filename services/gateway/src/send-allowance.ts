import { tooMany } from '@chatapp/service-kit'
import { type Refill, TokenBucket } from './token-bucket.ts'

/** More than a person types and most bots say; an outbox of some hundred goes out at once. */
const SENDS: Refill = { burst: 300, perSecond: 30 }

/** How much a user may send, over all of their sockets and REST together. */
export class SendAllowance {
  readonly #buckets = new Map<string, TokenBucket>()
  readonly #mode: 'limited' | 'unlimited'
  readonly #now: () => number

  constructor(mode: 'limited' | 'unlimited', now: () => number) {
    this.#mode = mode
    this.#now = now
  }

  /** Throws `rate-limited` when the user has used it up. */
  take(userId: string): void {
    if (this.#mode === 'unlimited') return
    const now = this.#now()
    const bucket = this.#buckets.get(userId) ?? new TokenBucket(SENDS, now)
    this.#buckets.set(userId, bucket)
    if (!bucket.take(1, now)) throw tooMany(bucket.secondsUntil(1))
  }

  sweep(): void {
    const now = this.#now()
    for (const [userId, bucket] of this.#buckets)
      if (bucket.isFull(now)) this.#buckets.delete(userId)
  }
}
