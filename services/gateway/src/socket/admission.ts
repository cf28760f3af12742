import type { IncomingMessage } from 'node:http'
import { ChatError } from '@chatapp/protocol'
import { type Caller, type Limiter, tooMany } from '@chatapp/service-kit'
import proxyAddr from '@fastify/proxy-addr'
import type { Context } from '../context.ts'
import { type Refill, TokenBucket } from '../token-bucket.ts'

const PER_USER_MAX = 100
/** A company behind one address. */
const PER_ADDRESS_MAX = 1000
/** Being let in costs a look at the database; after a restart everybody comes at once. */
const ARRIVING_MAX = 2000
const ARRIVALS: Refill = { burst: 1000, perSecond: 300 }
const RETRY_AFTER_MAX_SECONDS = 5

/** Who was let in, and from where. */
export interface Guest {
  caller: Caller
  address: string
}

/** Decides who may open one more socket now. */
export class Admission {
  readonly #mode: 'limited' | 'unlimited'
  readonly #now: () => number
  readonly #attempts: Limiter
  readonly #arrivals: TokenBucket
  readonly #trust: (address: string, hop: number) => boolean
  readonly #byUser = new Map<string, number>()
  readonly #byAddress = new Map<string, number>()
  readonly #arriving = new Set<Guest>()

  constructor({ config, limits, now }: Pick<Context, 'config' | 'limits' | 'now'>) {
    this.#mode = config.rateLimits ? 'limited' : 'unlimited'
    this.#now = now
    this.#attempts = limits('socket-attempts', { points: 1200, perSeconds: 60 })
    this.#arrivals = new TokenBucket(ARRIVALS, now())
    this.#trust = proxyAddr.compile(config.trustedProxies)
  }

  addressOf(request: IncomingMessage): string {
    return proxyAddr(request, this.#trust) ?? ''
  }

  /** Before anything costly is done for a stranger. */
  async knock(address: string): Promise<void> {
    if (this.#arriving.size >= ARRIVING_MAX) throw comeLater()
    if (this.#mode === 'unlimited') return
    if (!this.#arrivals.take(1, this.#now())) throw comeLater()
    await this.#attempts.take(address)
  }

  /** Takes up a place until `leave`. */
  enter(guest: Guest): void {
    const { caller, address } = guest
    if (this.#mode === 'limited') {
      if ((this.#byUser.get(caller.userId) ?? 0) >= PER_USER_MAX) throw tooMany(60)
      if ((this.#byAddress.get(address) ?? 0) >= PER_ADDRESS_MAX) throw tooMany(60)
      add(this.#byUser, caller.userId, 1)
      add(this.#byAddress, address, 1)
    }
    this.#arriving.add(guest)
  }

  /** The guest is about to be seated; false when the session ended meanwhile. */
  arrive(guest: Guest): boolean {
    return this.#arriving.delete(guest)
  }

  leave(guest: Guest): void {
    this.#arriving.delete(guest)
    if (this.#mode === 'unlimited') return
    add(this.#byUser, guest.caller.userId, -1)
    add(this.#byAddress, guest.address, -1)
  }

  endSession(sessionId: string): void {
    for (const guest of this.#arriving)
      if (guest.caller.sessionId === sessionId) this.#arriving.delete(guest)
  }
}

function add(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change
  if (count > 0) counts.set(key, count)
  else counts.delete(key)
}

/** The wait is random, so that those who were refused together do not come back together. */
function comeLater(): ChatError {
  const retryAfter = 1 + Math.floor(Math.random() * RETRY_AFTER_MAX_SECONDS)
  return new ChatError('overloaded', 'Too many connect right now; try again.', { retryAfter })
}
