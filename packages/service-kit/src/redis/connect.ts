import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../environment.ts'
import type { Logger } from '../logger.ts'
import { Link, type Listener } from './link.ts'
import { findRedisTarget, type RedisTarget } from './url.ts'

export interface RedisOptions {
  url: string
  /** Which process this is, for CLIENT LIST. */
  name: string
  log: Logger
  signal?: AbortSignal | undefined
}

export interface RedisEvents {
  back(): void
  away(): void
}

/** Everything of ours in Redis begins so. */
const PREFIX = 'chatapp:'
const REACHABLE_WITHIN_MS = 30_000
const RETRY_MIN_MS = 100
const RETRY_MAX_MS = 5_000
/** Errors that waiting does not mend. */
const HOPELESS = /^(WRONGPASS|NOAUTH|NOPERM|ERR unknown command|ERR invalid password|ERR DB index)/i

/** Waits up to 30 s for Redis; once it was there, its absence is something to live with. */
export async function connectRedis(options: RedisOptions): Promise<Redis> {
  const target = findRedisTarget(options.url)
  if (!target) throw new StartError('REDIS_URL is not a URL of Redis')
  const redis = new Redis(target, options)
  try {
    await redis.start(options.signal)
    return redis
  } catch (error) {
    await redis[Symbol.asyncDispose]()
    throw error
  }
}

/** The connection to Redis: reconnects for ever, and says when it had to. */
export class Redis implements AsyncDisposable {
  /** What this process is called in Redis. */
  readonly id = randomBytes(6).toString('base64url')
  reconnects = 0
  readonly #target: RedisTarget
  readonly #name: string
  readonly #log: Logger
  readonly #closing = new AbortController()
  readonly #channels = new Map<string, Listener>()
  readonly #watchers = new Set<RedisEvents>()
  #link: Link | undefined
  #mending: Promise<void> = Promise.resolve()

  constructor(target: RedisTarget, { name, log }: RedisOptions) {
    this.#target = target
    this.#name = `chatapp-${name}`
    this.#log = log
  }

  async start(signal?: AbortSignal): Promise<void> {
    const giveUpAt = performance.now() + REACHABLE_WITHIN_MS
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted()
      try {
        this.#link = await this.#openLink()
        return
      } catch (error) {
        const { message } = error instanceof Error ? error : new Error(String(error))
        if (HOPELESS.test(message) || performance.now() > giveUpAt) throw unreachable(message)
        if (tries === 1) this.#log.warn({ reason: message }, 'waiting for Redis')
        await sleep(retryDelay(tries), undefined, signal ? { signal } : {})
      }
    }
  }

  get isUp(): boolean {
    return this.#link !== undefined
  }

  get subscriptions(): number {
    return this.#channels.size
  }

  /** Asks by the full name of a key of ours; rejects at once while Redis is away. */
  async command(key: string, args: (name: string) => string[]): Promise<unknown> {
    return this.#getLink().command(PREFIX + key, args(PREFIX + key))
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.#getLink().publish(PREFIX + channel, message)
  }

  /** Resolves once it listens; while Redis is away at once, and it listens when Redis is back. */
  async subscribe(channel: string, listener: Listener): Promise<void> {
    this.#channels.set(PREFIX + channel, listener)
    await this.#link?.subscribe(PREFIX + channel, listener)
  }

  async unsubscribe(channel: string): Promise<void> {
    const listener = this.#channels.get(PREFIX + channel)
    this.#channels.delete(PREFIX + channel)
    if (listener) await this.#link?.unsubscribe(PREFIX + channel, listener)
  }

  /** Calls back when Redis is away and when it is back, all subscriptions made again. */
  watch(events: RedisEvents): Disposable {
    this.#watchers.add(events)
    return { [Symbol.dispose]: () => void this.#watchers.delete(events) }
  }

  async check(): Promise<void> {
    await this.command('', () => ['PING'])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    this.#link?.close()
    this.#link = undefined
    await this.#mending
  }

  #getLink(): Link {
    if (!this.#link) throw new Error('Redis is away')
    return this.#link
  }

  #openLink(): Promise<Link> {
    const options = {
      target: this.#target,
      name: this.#name,
      beatChannel: `${PREFIX}beat:${this.id}`,
      onBroken: (reason: Error) => this.#lose(reason),
    }
    return Link.open(options, this.#channels)
  }

  #lose(reason: Error): void {
    if (this.#closing.signal.aborted) return
    this.#link = undefined
    this.#log.warn({ reason: reason.message }, 'Redis is away')
    for (const watcher of this.#watchers) watcher.away()
    this.#mending = this.#mend()
  }

  async #mend(): Promise<void> {
    const { signal } = this.#closing
    for (let tries = 1; !signal.aborted; tries++) {
      await sleep(retryDelay(tries), undefined, { signal }).catch(() => undefined)
      const before = new Map(this.#channels)
      const link = await this.#openUnlessClosing()
      if (!link) continue
      // At once: from here on everybody subscribes by it, and nobody is left between.
      this.#link = link
      await this.#catchUp(link, before)
      if (this.#link !== link) return
      this.reconnects++
      this.#log.info({ tries }, 'Redis is back')
      for (const watcher of this.#watchers) watcher.back()
      return
    }
  }

  async #openUnlessClosing(): Promise<Link | undefined> {
    const { signal } = this.#closing
    if (signal.aborted) return undefined
    const link = await this.#openLink().catch(() => undefined)
    if (signal.aborted) return void link?.close()
    return link
  }

  /** Subscriptions that came and went while the link was opening. */
  async #catchUp(link: Link, before: ReadonlyMap<string, Listener>): Promise<void> {
    const now = this.#channels
    const missing = [...now].filter(([channel, listener]) => before.get(channel) !== listener)
    const gone = [...before].filter(([channel, listener]) => now.get(channel) !== listener)
    await Promise.all([
      ...gone.map(([channel, listener]) => link.unsubscribe(channel, listener)),
      ...missing.map(([channel, listener]) => link.subscribe(channel, listener)),
    ])
  }
}

/** Jitter keeps the processes from coming back all at once. */
function retryDelay(tries: number): number {
  return Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2)
}

function unreachable(why: string): StartError {
  const hint = why.startsWith('ERR unknown command')
    ? 'ChatApp needs Redis 7 or later'
    : 'check REDIS_URL'
  return new StartError(`Redis can't be reached (${why}); ${hint}`)
}
