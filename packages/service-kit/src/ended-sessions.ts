import type { UsersApi } from '@chatapp/protocol'
import { LRUCache } from 'lru-cache'
import type { Bus } from './bus/bus.ts'
import type { Logger } from './logger.ts'

interface EndedOptions {
  users: Pick<UsersApi, 'endedSessions'>
  bus: Bus
  /** After so long no token of an ended session is unexpired. */
  rememberMs: number
  log?: Logger | undefined
}

const REMEMBERED_MAX = 500_000
/** While the bus brings no news of other processes, an ended session is out within a second. */
const LOOK_WHEN_DEAF_MS = 500
/** News may get lost without anybody noticing. */
const LOOK_ALWAYS_MS = 30_000

/** Sessions whose tokens are refused before they expire: told by the bus, and looked up without it. */
export class EndedSessions implements Disposable {
  readonly #options: EndedOptions
  readonly #ended: LRUCache<string, true>
  readonly #listeners = new Set<(sessionId: string) => void>()
  readonly #news: { ready: Promise<void>; unsubscribe(): void }
  readonly #recoveries: Disposable
  #looking: NodeJS.Timeout | undefined
  #lookedAt = 0
  #state: 'waiting' | 'asking' = 'waiting'

  constructor(options: EndedOptions) {
    const { bus, rememberMs } = options
    this.#options = options
    this.#ended = new LRUCache({ max: REMEMBERED_MAX, ttl: rememberMs })
    this.#news = bus.subscribe('sessions', ({ sessionId }) => this.#end(sessionId))
    this.#recoveries = bus.onRecovery(() => void this.#lookOrWarn())
  }

  async start(): Promise<void> {
    await this.#news.ready
    await this.#look()
    this.#looking = setInterval(() => this.#lookIfDue(), LOOK_WHEN_DEAF_MS)
    this.#looking.unref()
  }

  has(sessionId: string): boolean {
    return this.#ended.has(sessionId)
  }

  /** Calls back once for each session that ends from now on. */
  onEnd(listener: (sessionId: string) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking)
    this.#recoveries[Symbol.dispose]()
    this.#news.unsubscribe()
  }

  #lookIfDue(): void {
    const isDeaf = !this.#options.bus.isWhole
    if (this.#state === 'asking') return
    if (isDeaf || performance.now() - this.#lookedAt > LOOK_ALWAYS_MS) void this.#lookOrWarn()
  }

  async #lookOrWarn(): Promise<void> {
    this.#state = 'asking'
    try {
      await this.#look()
    } catch (error) {
      this.#options.log?.warn({ err: error }, 'ended sessions could not be looked up')
      this.#lookedAt = -Infinity
    } finally {
      this.#state = 'waiting'
    }
  }

  async #look(): Promise<void> {
    this.#lookedAt = performance.now()
    for (const sessionId of await this.#options.users.endedSessions()) this.#end(sessionId)
  }

  #end(sessionId: string): void {
    if (this.#ended.has(sessionId)) return
    this.#ended.set(sessionId, true)
    for (const listener of this.#listeners) listener(sessionId)
  }
}
