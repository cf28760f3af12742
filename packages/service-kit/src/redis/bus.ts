import type { BusTopic } from '@chatapp/protocol'
import type { Bus, Subscription } from '../bus/bus.ts'
import { Handlers } from '../bus/handlers.ts'
import type { Logger } from '../logger.ts'
import { Counter, Gauge, type Registry } from '../metrics.ts'
import type { Redis } from './connect.ts'

interface RedisBusOptions {
  redis: Redis
  log: Logger
  metrics: Registry
  graceMs?: number
}

/** Whoever reconnects in a moment finds the channel still open. */
const GRACE_MS = 5_000
/** Tells the others that something of ours may not have reached them, and for how long. */
const RECOVERED = 'recovered'
/** A connection that has died silently is found dead somewhat later. */
const UNNOTICED_MS = 10_000
const UNTOLD_LOSS_MS = 5 * 60_000

/**
 * The bus of several processes: sharded pub/sub, a channel a topic. Our own handlers are called at
 * once and without Redis, so what happens on one process is live there whatever is with Redis.
 */
export function createRedisBus(options: RedisBusOptions): Bus {
  return new RedisBus(options)
}

interface Channel {
  ready: Promise<void>
  handlers: Handlers
  closing: NodeJS.Timeout | undefined
}

class RedisBus implements Bus {
  readonly #redis: Redis
  readonly #log: Logger
  readonly #graceMs: number
  readonly #channels = new Map<BusTopic, Channel>()
  readonly #recoveries = new Set<(lostMs: number) => void>()
  /** What one turn says on a topic goes to Redis as one message. */
  #gathered = new Map<BusTopic, string[]>()
  readonly #watch: Disposable
  #awaySince: number | undefined
  readonly #meters: ReturnType<typeof createMeters>

  constructor({ redis, log, metrics, graceMs = GRACE_MS }: RedisBusOptions) {
    this.#redis = redis
    this.#log = log
    this.#graceMs = graceMs
    this.#meters = createMeters(metrics, redis)
    this.#watch = redis.watch({
      away: () => {
        this.#awaySince ??= performance.now()
      },
      back: () => this.#comeBack(),
    })
    void redis.subscribe(RECOVERED, (message) => {
      // Those of the version before do not say how long.
      const [origin, lostMs = UNTOLD_LOSS_MS] = message.split(' ')
      if (origin !== redis.id) this.#recover(Number(lostMs))
    })
  }

  get isWhole(): boolean {
    return this.#redis.isUp
  }

  publish: Bus['publish'] = (topic, event) => {
    this.#channels.get(topic)?.handlers.call(event, this.#onHandlerError)
    if (this.#gathered.size === 0) queueMicrotask(this.#sendGathered)
    const events = this.#gathered.get(topic)
    if (events) events.push(JSON.stringify(event))
    else this.#gathered.set(topic, [JSON.stringify(event)])
  }

  subscribe: Bus['subscribe'] = (topic, handler): Subscription => {
    const channel = this.#channels.get(topic) ?? this.#open(topic)
    clearTimeout(channel.closing)
    channel.closing = undefined
    const remove = channel.handlers.add(handler)
    return {
      ready: channel.ready,
      unsubscribe: () => {
        remove()
        if (channel.handlers.isEmpty) this.#closeSoon(topic, channel)
      },
    }
  }

  onRecovery: Bus['onRecovery'] = (handler) => {
    this.#recoveries.add(handler)
    return { [Symbol.dispose]: () => void this.#recoveries.delete(handler) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]()
    for (const channel of this.#channels.values()) clearTimeout(channel.closing)
    this.#channels.clear()
  }

  /** Nothing is waited for: node-redis writes what one turn says as one pipeline. */
  #sendGathered = (): void => {
    const gathered = this.#gathered
    this.#gathered = new Map()
    for (const [topic, events] of gathered) {
      const drop = () => this.#meters.dropped.inc(events.length)
      if (!this.#redis.isUp) drop()
      else {
        this.#meters.published.inc(events.length)
        this.#redis.publish(topic, this.#redis.id + inOne(events)).catch(drop)
      }
    }
  }

  #open(topic: BusTopic): Channel {
    const handlers = new Handlers()
    const { id } = this.#redis
    const ready = this.#redis.subscribe(topic, (message) => {
      if (message.startsWith(id)) return
      for (const event of parse(message, id.length)) handlers.call(event, this.#onHandlerError)
    })
    const channel: Channel = { ready, handlers, closing: undefined }
    this.#channels.set(topic, channel)
    return channel
  }

  #closeSoon(topic: BusTopic, channel: Channel): void {
    clearTimeout(channel.closing)
    channel.closing = setTimeout(() => {
      if (this.#channels.get(topic) !== channel) return
      this.#channels.delete(topic)
      void this.#redis.unsubscribe(topic)
    }, this.#graceMs)
    channel.closing.unref()
  }

  #comeBack(): void {
    const since = this.#awaySince ?? performance.now()
    this.#awaySince = undefined
    const lostMs = Math.ceil(performance.now() - since) + UNNOTICED_MS
    this.#redis.publish(RECOVERED, `${this.#redis.id} ${lostMs}`).catch(() => {
      // Lost again before anybody was told: they are told of all of it the next time.
      this.#awaySince = since
    })
    this.#recover(lostMs)
  }

  #recover(lostMs: number): void {
    for (const handler of this.#recoveries) handler(lostMs)
  }

  #onHandlerError = (error: unknown): void => {
    this.#log.error({ err: error }, 'news from the bus could not be handled')
  }
}

const inOne = (events: string[]) => (events.length === 1 ? events[0] : `[${events.join()}]`)

/** What comes here was published by another process of ours, of this version or the one before. */
function parse(message: string, from: number): unknown[] {
  const said: unknown = JSON.parse(message.slice(from))
  return Array.isArray(said) ? said : [said]
}

function createMeters(metrics: Registry, redis: Redis) {
  const registers = [metrics]
  const counter = (name: string, help: string) =>
    new Counter({ name: `chatapp_bus_${name}`, help, registers })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `chatapp_${name}`,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('bus_subscriptions', 'Channels of Redis that are listened to.', () => redis.subscriptions)
  gauge('redis_up', '1 while Redis is there.', () => Number(redis.isUp))
  gauge('redis_reconnects', 'How often Redis was lost and found again.', () => redis.reconnects)
  return {
    published: counter('published_total', 'Events given to Redis.'),
    dropped: counter('dropped_total', 'Events that Redis did not take; cursors heal the gap.'),
  }
}
