import type { Bus } from '@chatapp/service-kit'
import type { Idle, Presence } from './presence.ts'

const PEOPLE_AN_EVENT = 500

/** Tells those who ask, before they write to somebody who is away, who did something and when. */
export function tellWhoIsHere(bus: Bus, presence: Pick<Presence, 'idleMs'>): Disposable {
  const questions = bus.subscribe('focus', (event) => {
    if (event.type !== 'ask-here') return
    tellIdle(
      bus,
      event.userIds.flatMap((userId) => {
        const idleMs = presence.idleMs(userId)
        return idleMs === undefined ? [] : [[userId, idleMs] satisfies Idle]
      }),
    )
  })
  return { [Symbol.dispose]: () => questions.unsubscribe() }
}

/** Who came and goes before anybody asks is told of as well. */
export function tellIdle(bus: Pick<Bus, 'publish'>, people: Idle[]): void {
  for (let i = 0; i < people.length; i += PEOPLE_AN_EVENT)
    bus.publish('focus', { type: 'here', people: people.slice(i, i + PEOPLE_AN_EVENT) })
}
