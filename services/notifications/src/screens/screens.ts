import type { Bus } from '@chatapp/service-kit'

/** Told anew every 20 s: who is silent for longer has gone, with all that was in front of them. */
const FORGET_AFTER_MS = 60_000

/** Which conversations people have in front of them, on whatever device, as gateways tell it. */
export interface Screens extends Disposable {
  /** Asks all gateways, so that what they told before is not missed. */
  ask(): Promise<void>
  shows(userId: string, conversationId: string): boolean
}

interface Told {
  conversationIds: string[]
  at: number
}

export function createScreens(bus: Bus, now: () => number): Screens {
  const people = new Map<string, Map<string, Told>>()
  const news = bus.subscribe('focus', (event) => {
    if (event.type !== 'focus') return
    for (const [userId, conversationIds] of event.people)
      learn(people, { ...event, userId, told: { conversationIds, at: now() } })
  })
  const ask = async () => {
    await news.ready
    bus.publish('focus', { type: 'ask' })
  }
  const recoveries = bus.onRecovery(() => void ask())
  return {
    ask,
    shows(userId, conversationId) {
      const gateways = people.get(userId)?.values() ?? []
      const since = now() - FORGET_AFTER_MS
      return [...gateways].some(
        (told) => told.at >= since && told.conversationIds.includes(conversationId),
      )
    },
    [Symbol.dispose]() {
      news.unsubscribe()
      recoveries[Symbol.dispose]()
    },
  }
}

interface Lesson {
  userId: string
  gatewayId: string
  told: Told
}

function learn(people: Map<string, Map<string, Told>>, { userId, gatewayId, told }: Lesson): void {
  const gateways = people.get(userId) ?? new Map<string, Told>()
  if (told.conversationIds.length > 0) people.set(userId, gateways.set(gatewayId, told))
  else if (gateways.delete(gatewayId) && gateways.size === 0) people.delete(userId)
}
