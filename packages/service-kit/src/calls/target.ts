import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Logger } from '../logger.ts'

const CONNECTIONS_MAX = 128
const CONNECT_WITHIN_MS = 2_000
/** As long as a database may keep a statement waiting. */
const ANSWER_WITHIN_MS = 15_000
/** Below the 75 s after which our servers close an idle connection. */
const IDLE_MAX_MS = 30_000
/**
 * One URL may stand for many processes: who is new among them gets its share when connections are made
 * anew. Up to twice as long by chance, so that not all callers do that at once.
 */
const CONNECTION_LIFE_MS = 60_000
const PROBE_WITHIN_MS = 1_000
const PROBE_AFTER_MS = 100
const PROBE_AFTER_MAX_MS = 2_000

export interface TargetOptions {
  log: Logger
  /** At least so long; what is under way on a connection is finished on it. */
  connectionLifeMs?: number
}

/**
 * One process of a service. After a failure of the connection it gets no calls until it has
 * answered a probe: whoever calls need not wait for what is dead.
 */
export class Target implements AsyncDisposable {
  readonly url: string
  readonly pool: Pool
  readonly #log: Logger
  readonly #closing = new AbortController()
  #state: 'up' | 'down' = 'up'
  #probing = Promise.resolve()

  constructor(url: string, { log, connectionLifeMs = CONNECTION_LIFE_MS }: TargetOptions) {
    this.url = url
    this.#log = log
    this.pool = new Pool(url, {
      connections: CONNECTIONS_MAX,
      connect: { timeout: CONNECT_WITHIN_MS },
      headersTimeout: ANSWER_WITHIN_MS,
      bodyTimeout: ANSWER_WITHIN_MS,
      keepAliveTimeout: IDLE_MAX_MS,
      keepAliveMaxTimeout: IDLE_MAX_MS,
      clientTtl: connectionLifeMs * (1 + Math.random()),
    })
  }

  get isUp(): boolean {
    return this.#state === 'up'
  }

  /** It could not be reached, or went away, or did not answer. */
  failed(error: unknown): void {
    if (this.#state === 'down' || this.#closing.signal.aborted) return
    this.#state = 'down'
    this.#log.warn({ err: error, target: this.url }, 'a service does not answer; leaving it out')
    this.#probing = this.#probe()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#probing
    await this.pool.destroy()
  }

  async #probe(): Promise<void> {
    const { signal } = this.#closing
    for (let pause = 0; !signal.aborted; pause = Math.min(PROBE_AFTER_MAX_MS, 2 * pause)) {
      await sleep(pause, undefined, { signal }).catch(() => undefined)
      if (await this.#answers()) {
        this.#state = 'up'
        this.#log.info({ target: this.url }, 'a service answers again')
        return
      }
      pause ||= PROBE_AFTER_MS / 2
    }
  }

  async #answers(): Promise<boolean> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(PROBE_WITHIN_MS)])
    try {
      const answer = await this.pool.request({ method: 'GET', path: '/healthz', signal })
      await answer.body.dump()
      return answer.statusCode === 200
    } catch {
      return false
    }
  }
}
