import { expect, test } from 'vitest'
import { createInProcessBus } from './in-process.ts'

test('subscribers get what is published after they came and before they left, in order', async () => {
  await using bus = createInProcessBus()
  const seen: string[] = []
  bus.publish('profiles', { type: 'profile-changed', userId: 'early' })
  const subscription = bus.subscribe('profiles', (event) => seen.push(event.userId))
  bus.publish('profiles', { type: 'profile-changed', userId: 'alice' })
  bus.publish('profiles', { type: 'profile-changed', userId: 'bob' })
  subscription.unsubscribe()
  bus.publish('profiles', { type: 'profile-changed', userId: 'late' })
  expect(seen).toEqual(['alice', 'bob'])
})
