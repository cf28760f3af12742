import type { FocusEvent } from '@chatapp/protocol'
import type { Bus, Subscription } from '@chatapp/service-kit'
import type { Outlet } from '../outlet.ts'

/** Whoever listens forgets after a minute what is not told again. */
const TELL_EVERY_MS = 20_000
const PEOPLE_AN_EVENT = 500

interface FocusOptions {
  bus: Bus
  gatewayId: string
  now: () => number
}

/** What people have in front of them on this gateway, told to those who notify. */
export class Focus {
  readonly #bus: Bus
  readonly #gatewayId: string
  readonly #now: () => number
  readonly #people = new Map<string, Map<Outlet, string>>()
  readonly #questions: Subscription
  #toldAt: number

  constructor({ bus, gatewayId, now }: FocusOptions) {
    this.#bus = bus
    this.#gatewayId = gatewayId
    this.#now = now
    this.#toldAt = now()
    this.#questions = bus.subscribe('focus', (event) => {
      if (event.type === 'ask') this.#tellAll()
    })
  }

  /** Null: nothing, or the window is not looked at. */
  show(outlet: Outlet, conversationId: string | null): void {
    const screens = this.#people.get(outlet.userId) ?? new Map<Outlet, string>()
    const before = screens.get(outlet) ?? null
    if (before === conversationId) return
    if (conversationId === null) screens.delete(outlet)
    else screens.set(outlet, conversationId)
    if (screens.size > 0) this.#people.set(outlet.userId, screens)
    else this.#people.delete(outlet.userId)
    this.#tell([[outlet.userId, [...screens.values()]]])
  }

  /** Its connection is dead: what came since it was last heard was on no screen. */
  lose(outlet: Outlet, silentMs: number): void {
    const { userId } = outlet
    const conversationId = this.#people.get(userId)?.get(outlet)
    if (conversationId === undefined) return
    this.show(outlet, null)
    this.#bus.publish('focus', { type: 'lost', userId, conversationId, silentMs })
  }

  sweep(): void {
    if (this.#now() - this.#toldAt >= TELL_EVERY_MS) this.#tellAll()
  }

  [Symbol.dispose](): void {
    this.#questions.unsubscribe()
  }

  #tellAll(): void {
    this.#toldAt = this.#now()
    const people = [...this.#people].map(([userId, screens]): [string, string[]] => [
      userId,
      [...screens.values()],
    ])
    for (let i = 0; i < people.length; i += PEOPLE_AN_EVENT)
      this.#tell(people.slice(i, i + PEOPLE_AN_EVENT))
  }

  #tell(people: Extract<FocusEvent, { type: 'focus' }>['people']): void {
    this.#bus.publish('focus', { type: 'focus', gatewayId: this.#gatewayId, people })
  }
}
