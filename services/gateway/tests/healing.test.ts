import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, carol, idOf, plans } from './cast.ts'
import { type Client, WAITING } from './client.ts'

const versions = (client: Client) => client.ofType('test').map((frame) => frame.version)
const seesInTheEnd = (client: Client, expected: number[]) =>
  vi.waitFor(() => expect(versions(client)).toEqual(expected), WAITING)

describe('what the bus has lost', () => {
  test('is fetched when the next frame shows the gap', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice])
    const client = await dial(alice)
    messages.publish(plans)
    messages.lose(plans, [{ version: 2 }, { version: 3 }])
    messages.publish(plans)
    await seesInTheEnd(client, [1, 2, 3, 4])
  })

  test('is fetched within half a minute when nothing comes after it', async () => {
    const { dial, messages, clock } = await boot()
    messages.join(plans, [alice])
    const client = await dial(alice)
    messages.publish(plans)
    messages.lose(plans, [{ version: 2 }, { version: 3 }])
    clock.now += 30_001
    await seesInTheEnd(client, [1, 2, 3])
  })

  test('is fetched although the clock of the machine was set back', async () => {
    const timeOfDay = vi.spyOn(Date, 'now')
    // It is about to look at everything when the clock changes.
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.999)
    onTestFinished(() => void vi.restoreAllMocks())
    const { dial, messages } = await boot({ now: undefined })
    random.mockRestore()
    messages.join(plans, [alice])
    const client = await dial(alice)
    timeOfDay.mockReturnValue(Date.now() - 3_600_000)
    messages.lose(plans, [{ version: 1 }])
    await seesInTheEnd(client, [1])
  })

  test('is fetched for a thousand rooms without looking at them again and again', async () => {
    const { dial, messages, clock } = await boot()
    const rooms = Array.from({ length: 1000 }, (_, i) => idOf(i))
    for (const room of rooms) messages.join(room, [alice])
    const client = await dial(alice)
    for (const room of rooms) messages.lose(room, [{ version: 1 }])
    let looks = 0
    messages.before = (call) => {
      if (call === 'heads') looks++
    }
    clock.now += 30_001
    await vi.waitFor(() => expect(versions(client)).toHaveLength(1000), WAITING)
    expect(looks).toBeLessThan(10)
  })

  test('is fetched even when the first try fails', async () => {
    const { dial, messages, clock } = await boot()
    messages.join(plans, [alice])
    const client = await dial(alice)
    messages.lose(plans, [{ version: 1 }])
    const failing = new Set(['heads', 'missed'])
    messages.before = (call) => {
      if (failing.delete(call)) throw new Error('on purpose')
    }
    clock.now += 30_001
    await seesInTheEnd(client, [1])
    expect(failing.size).toBe(0)
  })

  test('is not told one by one when that is no longer possible, but that there is more is', async () => {
    const { dial, messages, clock } = await boot()
    messages.join(plans, [alice])
    const client = await dial(alice)
    messages.publish(plans)
    messages.lose(plans, [{ version: 900 }])
    messages.missing.clear()
    clock.now += 30_001
    expect(await client.next('head')).toEqual({ type: 'head', conversationId: plans, version: 900 })
    messages.publish(plans)
    await seesInTheEnd(client, [1, 901])
  })

  test('ends the membership of one who was removed meanwhile, before anything newer is told', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    messages.publish(plans)
    messages.leave(plans, bob)
    messages.lose(plans, [{ version: 2 }, { version: 3, ended: [bob] }])
    messages.publish(plans)
    await seesInTheEnd(a, [1, 2, 3, 4])
    await b.settled()
    expect(versions(b)).toEqual([1, 2, 3])
  })

  test('lets those in who joined meanwhile', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice])
    const [a, c] = [await dial(alice), await dial(carol)]
    messages.publish(plans)
    messages.lose(plans, [{ version: 2 }])
    const standing = { conversationId: plans, userId: carol, joinedPosition: 1, version: 1 }
    messages.missing.set(plans, {
      frames: messages.missing.get(plans)?.frames ?? [],
      joined: [standing],
    })
    messages.publish(plans)
    await seesInTheEnd(a, [1, 2, 3])
    await seesInTheEnd(c, [2, 3])
  })
})

test('a joining that nobody was told of is found within some minutes', async () => {
  const { dial, messages, clock } = await boot()
  const client = await dial(alice)
  messages.join(plans, [alice])
  // Not all at once: a socket that is silent for so long would be closed.
  for (let passed = 0; passed <= 300_000; passed += 20_000) {
    clock.now += 20_000
    await client.settled()
  }
  expect(await client.next('head')).toEqual({ type: 'head', conversationId: plans, version: 0 })
  messages.publish(plans)
  await seesInTheEnd(client, [1])
})

test('whose place could not be asked for is asked for again', async () => {
  // Everybody is asked for in five minutes, not before.
  const random = vi.spyOn(Math, 'random').mockReturnValue(0)
  onTestFinished(() => random.mockRestore())
  const { dial, messages, clock } = await boot()
  messages.join(plans, [alice, bob])
  const [a, b] = [await dial(alice), await dial(bob)]
  messages.publish(plans)
  let refused = 0
  messages.before = (call) => {
    if (call === 'standings' && refused++ < 2) throw new Error('on purpose')
  }
  // Out of order, so bob may be a member again.
  messages.publish(plans, { version: 3, ended: [bob] })
  messages.publish(plans, { version: 2 })
  await seesInTheEnd(a, [1, 2, 3])
  const refusedAt = clock.now
  await vi.waitFor(() => {
    clock.now += 1_000
    expect(b.ofType('head')).toHaveLength(1)
  }, WAITING)
  expect(refused).toBe(3)
  expect(clock.now - refusedAt).toBeLessThan(200_000)
})

test('a room that begins to listen late misses nothing', async () => {
  const { dial, messages, bus } = await boot()
  const client = await dial(alice)
  messages.lose(plans, [{ version: 1 }])
  const standing = { conversationId: plans, userId: alice, joinedPosition: 0, version: 0 }
  bus.publish(`user:${alice}`, { type: 'joined', standing })
  await seesInTheEnd(client, [1])
})

test('news of a joining that come late put nobody in who is out again', async () => {
  const { dial, messages, bus } = await boot()
  messages.join(plans, [alice])
  const [a, b] = [await dial(alice), await dial(bob)]
  messages.publish(plans)
  messages.publish(plans, { ended: [bob] })
  const standing = { conversationId: plans, userId: bob, joinedPosition: 0, version: 0 }
  bus.publish(`user:${bob}`, { type: 'joined', standing })
  messages.publish(plans)
  await seesInTheEnd(a, [1, 2, 3])
  await b.settled()
  expect(versions(b)).toEqual([])
})

test('whoever was added while nothing was heard is told of the conversation', async () => {
  const { dial, messages, bus } = await boot()
  messages.join(plans, [alice])
  const [a, c] = [await dial(alice), await dial(carol)]
  messages.publish(plans)
  await seesInTheEnd(a, [1])
  messages.join(plans, [carol])
  const standing = { conversationId: plans, userId: carol, joinedPosition: 0, version: 0 }
  bus.publish(`user:${carol}`, { type: 'joined', standing })
  expect(await c.next('head')).toEqual({ type: 'head', conversationId: plans, version: 1 })
  messages.publish(plans)
  await seesInTheEnd(c, [2])
})
