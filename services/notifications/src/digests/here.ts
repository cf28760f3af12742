import type { Bus } from '@chatapp/service-kit'
import type { Seen } from './queries.ts'

/** Which people are connected, by asking the gateways. */
export interface Here extends Disposable {
  ask(userIds: string[]): void
  /** Who was there, as far as gateways have said so since the last call. */
  heard(): Seen[]
}

export function createHere(bus: Bus, now: () => number): Here {
  const people = new Map<string, number>()
  const news = bus.subscribe('focus', (event) => {
    if (event.type === 'here') for (const userId of event.userIds) people.set(userId, now())
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
