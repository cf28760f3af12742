import { describe, expect, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, carol, plans } from './cast.ts'
import { type Client, WAITING } from './client.ts'

const states = (client: Client) =>
  client.ofType('presence').map(({ userId, state }) => ({ userId, state }))

describe('presence', () => {
  test('is told at once to who asks, and then as it changes', async () => {
    const { dial, clock } = await boot()
    const a = await dial(alice)
    const b1 = await dial(bob)
    a.send({ type: 'watch', userIds: [bob, carol] })
    await a.settled()
    expect(states(a)).toEqual([
      { userId: bob, state: 'online' },
      { userId: carol, state: 'offline' },
    ])
    await dial(carol)
    await vi.waitFor(
      () => expect(states(a).at(-1)).toEqual({ userId: carol, state: 'online' }),
      WAITING,
    )
    const b2 = await dial(bob)
    b1.ws.close()
    await b1.end()
    clock.now += 3000
    await a.settled()
    expect(states(a)).toHaveLength(3)
    b2.ws.close()
    await b2.end()
    await a.settled()
    expect(states(a)).toHaveLength(3)
    clock.now += 2000
    await vi.waitFor(
      () => expect(states(a).at(-1)).toEqual({ userId: bob, state: 'offline' }),
      WAITING,
    )
  })

  test('survives a reload', async () => {
    const { dial, clock } = await boot()
    const a = await dial(alice)
    const b = await dial(bob)
    a.send({ type: 'watch', userIds: [bob] })
    await a.settled()
    b.ws.close()
    await b.end()
    clock.now += 1000
    await dial(bob)
    clock.now += 5000
    await a.settled()
    expect(states(a)).toEqual([{ userId: bob, state: 'online' }])
  })

  test('is away after five minutes in which only the device spoke, and back with the next act', async () => {
    const { dial, clock } = await boot()
    const a = await dial(alice)
    const b = await dial(bob)
    a.send({ type: 'watch', userIds: [bob] })
    for (let i = 0; i < 40; i++) {
      clock.now += 8000
      b.send({ type: 'delivered', conversationId: plans, position: i })
      b.send({ type: 'sync', conversations: {} })
      await b.settled()
      await a.settled()
    }
    await vi.waitFor(() => expect(states(a).at(-1)?.state).toBe('away'), WAITING)
    b.send({ type: 'read', conversationId: plans, position: 1 })
    await vi.waitFor(() => expect(states(a).at(-1)?.state).toBe('online'), WAITING)
    expect(states(a).map(({ state }) => state)).toEqual(['online', 'away', 'online'])
  })

  test('is told only of those on the newest list', async () => {
    const { dial } = await boot()
    const a = await dial(alice)
    a.send({ type: 'watch', userIds: [bob] })
    a.send({ type: 'watch', userIds: [] })
    await a.settled()
    await dial(bob)
    await a.settled()
    expect(states(a)).toEqual([{ userId: bob, state: 'offline' }])
  })
})
