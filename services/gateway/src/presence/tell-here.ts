import type { Bus } from '@chatapp/service-kit'
import type { Presence } from './presence.ts'

/** Tells those who ask, before they write to somebody who is away, who is not. */
export function tellWhoIsHere(bus: Bus, presence: Pick<Presence, 'isHere'>): Disposable {
  const questions = bus.subscribe('focus', (event) => {
    if (event.type !== 'ask-here') return
    const userIds = event.userIds.filter((userId) => presence.isHere(userId))
    if (userIds.length > 0) bus.publish('focus', { type: 'here', userIds })
  })
  return { [Symbol.dispose]: () => questions.unsubscribe() }
}
