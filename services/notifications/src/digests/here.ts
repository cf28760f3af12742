import type { Bus } from '@chatapp/service-kit'
import type { Seen } from './queries.ts'

/** When people did something last, by asking the gateways, which also tell of who goes. */
export interface Here extends Disposable {
  ask(userIds: string[]): void
  /** Who did something when, as far as gateways have said so since the last call. */
  heard(): Seen[]
}

export function createHere(bus: Bus, now: () => number): Here {
  const people = new Map<string, number>()
  const news = bus.subscribe('focus', (event) => {
    if (event.type !== 'here') return
    for (const [userId, idleMs] of event.people)
      people.set(userId, Math.max(now() - idleMs, people.get(userId) ?? 0))
  })
  return {
    ask(userIds) {
      if (userIds.length > 0) bus.publish('focus', { type: 'ask-here', userIds })
    },
    heard() {
      const seen = [...people].map(([userId, at]) => ({ userId, at: new Date(at) }))
      people.clear()
      return seen
    },
    [Symbol.dispose]: () => news.unsubscribe(),
  }
}
