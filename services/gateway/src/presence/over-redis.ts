import type { PresenceEvent, PresenceState } from '@chatapp/protocol'
import type { Bus, Redis, Subscription } from '@chatapp/service-kit'
import { type Elsewhere, livelier, type Present } from './elsewhere.ts'
import { Leases } from './leases.ts'

interface OverRedisOptions {
  redis: Redis
  bus: Bus
  onChange: (userId: string) => void
  leaseMs?: number | undefined
}

interface Watched {
  news: Subscription
  gateways: Map<string, PresenceState>
}

/** Edges travel by the bus, to those gateways alone that look; leases tell who has just begun to. */
export class PresenceOverRedis implements Elsewhere {
  readonly #gatewayId: string
  readonly #bus: Bus
  readonly #leases: Leases
  readonly #onChange: (userId: string) => void
  readonly #watched = new Map<string, Watched>()
  readonly #recoveries: Disposable
  #renewedAt = performance.now()

  constructor({ redis, bus, onChange, leaseMs }: OverRedisOptions) {
    this.#gatewayId = redis.id
    this.#bus = bus
    this.#leases = new Leases(redis, leaseMs)
    this.#onChange = onChange
    // The next sweep says all anew and asks for all.
    this.#recoveries = bus.onRecovery(() => {
      this.#renewedAt = -Infinity
    })
  }

  tell(userId: string, state: PresenceState): void {
    const event: PresenceEvent = { type: 'presence', userId, gatewayId: this.#gatewayId, state }
    this.#lease(event)
    this.#bus.publish(`presence:${userId}`, event)
  }

  watch(userId: string): Promise<void> | undefined {
    if (this.#watched.has(userId)) return undefined
    const news = this.#bus.subscribe(`presence:${userId}`, (event) => this.#hear(event))
    this.#watched.set(userId, { news, gateways: new Map() })
    return news.ready.then(() => this.#ask(userId))
  }

  unwatch(userId: string): void {
    this.#watched.get(userId)?.news.unsubscribe()
    this.#watched.delete(userId)
  }

  stateOf(userId: string): PresenceState {
    const states = this.#watched.get(userId)?.gateways.values() ?? []
    return [...states].reduce(livelier, 'offline')
  }

  sweep(present: Present): void {
    if (performance.now() - this.#renewedAt < this.#leases.renewEveryMs) return
    this.#renewedAt = performance.now()
    const gatewayId = this.#gatewayId
    for (const [userId, { state }] of present)
      this.#lease({ type: 'presence', userId, gatewayId, state })
    for (const userId of this.#watched.keys()) void this.#ask(userId)
  }

  [Symbol.dispose](): void {
    this.#recoveries[Symbol.dispose]()
    for (const { news } of this.#watched.values()) news.unsubscribe()
    this.#watched.clear()
  }

  #hear({ userId, gatewayId, state }: PresenceEvent): void {
    if (gatewayId === this.#gatewayId) return
    this.#watched.get(userId)?.gateways.set(gatewayId, state)
    this.#onChange(userId)
  }

  /** While Redis is away people stay as they were: nobody knows better. */
  async #ask(userId: string): Promise<void> {
    const found = await this.#leases.read(userId).catch(() => undefined)
    const watched = this.#watched.get(userId)
    if (!found || !watched) return
    found.delete(this.#gatewayId)
    watched.gateways = found
    this.#onChange(userId)
  }

  /** What Redis does not take now it gets with the next renewal. */
  #lease(event: PresenceEvent): void {
    this.#leases.write(event).catch(() => undefined)
  }
}
