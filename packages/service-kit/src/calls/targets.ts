import { setTimeout as sleep } from 'node:timers/promises'
import { ChatError } from '@chatapp/protocol'
import type { Dispatcher } from 'undici'
import { isOurs, isUnreached, isUnserved, Refused } from './failures.ts'
import { Target, type TargetOptions } from './target.ts'

const TRIES_MAX = 4
/** Whoever waits longer has gone, or should be told. */
const TRY_FOR_MS = 20_000
/** A process that restarts is back by then. */
const WAIT_FOR_TARGET_MS = 3_000
const PAUSE_MS = 50

export type CallAnswer = Dispatcher.ResponseData
type TargetRequest = Omit<Dispatcher.RequestOptions, 'origin' | 'signal'>

export interface Exchange<T> {
  request: TargetRequest
  /** From the second try on: whoever is asked then is to know that another may have done it. */
  again?: (() => TargetRequest) | undefined
  /**
   * `safe`: doing it twice does no harm. `unserved`: only what surely was not served is asked again.
   * `never`: the body can be sent once.
   */
  repeat: 'safe' | 'unserved' | 'never'
  /** Who asks with the same number asks the same process, as long as that one is up. */
  preferred?: number | undefined
  signal?: AbortSignal | undefined
  read(answer: CallAnswer): Promise<T>
}

/** The processes of one service, any number of them. */
export class Targets implements AsyncDisposable {
  readonly service: string
  readonly #targets: Target[]
  #next = 0

  constructor(service: string, { urls, ...options }: TargetOptions & { urls: string[] }) {
    this.service = service
    this.#targets = urls.map((url) => new Target(url, options))
  }

  get count(): number {
    return this.#targets.length
  }

  /** Throws `overloaded` when none of them answers. */
  async exchange<T>(exchange: Exchange<T>): Promise<T> {
    const { preferred = this.#next++, signal } = exchange
    const giveUpAt = performance.now() + TRY_FOR_MS
    let refusals = 0
    for (let tries = 1; ; tries++) {
      const target = await this.#pick(preferred + refusals)
      try {
        const request = (tries > 1 && exchange.again?.()) || exchange.request
        return await ask(target, { ...exchange, request })
      } catch (error) {
        if (signal?.aborted || isOurs(error)) throw error
        if (error instanceof Refused) refusals++
        else target.failed(error)
        const isLast = tries === TRIES_MAX || performance.now() > giveUpAt
        if (isLast || !mayRepeat(exchange, error)) throw this.#unavailable(error)
      }
      await sleep(Math.random() * PAUSE_MS * tries)
    }
  }

  /** Throws when none of them can be reached. */
  async check(): Promise<void> {
    const request = { method: 'GET' as const, path: '/healthz' }
    const read = async ({ body, statusCode }: CallAnswer) => {
      await body.dump()
      if (statusCode !== 200) throw this.#unavailable(new Error(`it answered ${statusCode}`))
    }
    await this.exchange({ request, repeat: 'safe', read })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#targets.map((target) => target[Symbol.asyncDispose]()))
  }

  async #pick(preferred: number): Promise<Target> {
    const giveUpAt = performance.now() + WAIT_FOR_TARGET_MS
    for (;;) {
      for (let i = 0; i < this.#targets.length; i++) {
        const target = this.#targets[(preferred + i) % this.#targets.length]
        if (target?.isUp) return target
      }
      if (performance.now() > giveUpAt) throw this.#unavailable()
      await sleep(PAUSE_MS)
    }
  }

  #unavailable(cause?: unknown): ChatError {
    return new ChatError('overloaded', `The service ${this.service} can't be reached; try again.`, {
      retryAfter: 1,
      cause,
    })
  }
}

async function ask<T>({ pool }: Target, { request, signal, read }: Exchange<T>): Promise<T> {
  const answer = await pool.request({ ...request, ...(signal && { signal }) })
  if (isUnserved(answer)) {
    await answer.body.dump()
    throw new Unserved('it is about to end')
  }
  return read(answer)
}

class Unserved extends Error {
  override name = 'Unserved'
}

function mayRepeat({ repeat }: Pick<Exchange<never>, 'repeat'>, error: unknown): boolean {
  if (repeat === 'never') return false
  return repeat === 'safe' || error instanceof Unserved || isUnreached(error)
}
