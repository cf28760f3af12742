import { describe, expect, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, carol, dan, idOf, lobby, plans } from './cast.ts'
import { type Client, WAITING } from './client.ts'

const versions = (client: Client, conversationId = plans) =>
  client
    .ofType('test')
    .filter((frame) => frame.conversationId === conversationId)
    .map((frame) => frame.version)

describe('frames of a conversation', () => {
  test('reach its members once and in the order of versions, late and doubled ones included', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    const clients = [await dial(alice), await dial(bob), await dial(bob)]
    for (const version of [1, 3, 2, 2, 1, 5, 6, 4, 6, 7]) messages.publish(plans, { version })
    for (const client of clients) {
      await client.settled()
      expect(versions(client)).toEqual([1, 2, 3, 4, 5, 6, 7])
    }
  })

  test('go on after a gap that nothing fills, and what comes too late is left to sync', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice])
    const client = await dial(alice)
    for (const version of [1, 4, 3]) messages.publish(plans, { version })
    await vi.waitFor(() => expect(versions(client)).toEqual([1, 3, 4]), WAITING)
    for (const version of [2, 5]) messages.publish(plans, { version })
    await client.settled()
    expect(versions(client)).toEqual([1, 3, 4, 5])
  })

  test('reach nobody else', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice])
    messages.join(lobby, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    messages.publish(plans)
    messages.publish(lobby)
    await b.settled()
    await a.settled()
    expect(versions(a)).toEqual([1])
    expect(versions(b)).toEqual([])
    expect(versions(b, lobby)).toEqual([1])
  })

  test('of every length arrive whole', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice])
    const client = await dial(alice)
    const texts = [0, 60, 125, 126, 127, 1000, 65_500, 65_536, 70_000].map((n) => 'ü'.repeat(n))
    for (const text of texts)
      messages.publish(plans, { json: JSON.stringify({ type: 'test', text }) })
    await client.settled()
    expect(client.ofType('test').map((frame) => frame.text)).toEqual(texts)
  })
})

describe('newcomers', () => {
  test('do not get what is before their time, or get another form of it, in order with the rest', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice], 0)
    messages.join(plans, [bob], 10)
    const [a, b] = [await dial(alice), await dial(bob)]
    const masked = JSON.stringify({ type: 'test', conversationId: plans, version: 'masked' })
    messages.publish(plans)
    messages.publish(plans, { newcomers: { joinedFrom: 10, json: null } })
    messages.publish(plans, { newcomers: { joinedFrom: 5, json: masked } })
    messages.publish(plans, { newcomers: { joinedFrom: 11, json: null } })
    messages.publish(plans)
    for (const client of [a, b]) await client.settled()
    expect(versions(a)).toEqual([1, 2, 3, 4, 5])
    expect(versions(b)).toEqual([1, 'masked', 4, 5])
  })
})

describe('who joins', () => {
  test('gets everything from there on, on every socket that is open', async () => {
    const { dial, messages, bus } = await boot()
    messages.join(plans, [alice])
    const [a, b1, b2] = [await dial(alice), await dial(bob), await dial(bob)]
    messages.publish(plans)
    const standing = { conversationId: plans, userId: bob, joinedPosition: 1, version: 1 }
    bus.publish(`user:${bob}`, { type: 'joined', standing })
    messages.publish(plans)
    for (const client of [a, b1, b2]) await client.settled()
    expect(versions(a)).toEqual([1, 2])
    expect(versions(b1)).toEqual([2])
    expect(versions(b2)).toEqual([2])
  })

  test('while the socket is being let in misses nothing', async () => {
    const { dial, messages, bus } = await boot()
    messages.before = (call) => {
      if (call !== 'standings') return
      messages.before = () => undefined
      const standing = { conversationId: plans, userId: alice, joinedPosition: 0, version: 0 }
      bus.publish(`user:${alice}`, { type: 'joined', standing })
    }
    const client = await dial(alice)
    messages.publish(plans)
    await client.settled()
    expect(versions(client)).toEqual([1])
  })
})

describe('who is removed', () => {
  test('gets the frame that tells of it as the last one', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    messages.publish(plans)
    messages.publish(plans, { ended: [bob] })
    messages.publish(plans)
    for (const client of [a, b]) await client.settled()
    messages.publish(plans)
    for (const client of [a, b]) await client.settled()
    expect(versions(a)).toEqual([1, 2, 3, 4])
    expect(versions(b)).toEqual([1, 2])
  })

  test('while the socket is being let in gets nothing', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    await dial(alice)
    messages.before = (call) => {
      if (call !== 'standings') return
      messages.before = () => undefined
      messages.leave(plans, bob)
      messages.publish(plans, { ended: [bob] })
    }
    const client = await dial(bob)
    messages.publish(plans)
    await client.settled()
    expect(versions(client)).toEqual([])
  })

  test('before anybody listened to the conversation gets nothing either', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [bob])
    let asked = 0
    messages.before = (call) => {
      if (call === 'standings' && ++asked === 1) messages.leave(plans, bob)
    }
    const client = await dial(bob)
    messages.publish(plans)
    await client.settled()
    expect(versions(client)).toEqual([])
  })

  test('by a frame that comes too late is out all the same', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    for (const version of [1, 3]) messages.publish(plans, { version })
    await vi.waitFor(() => expect(versions(a)).toEqual([1, 3]), WAITING)
    messages.leave(plans, bob)
    messages.publish(plans, { version: 2, ended: [bob] })
    messages.publish(plans, { version: 4 })
    for (const client of [a, b]) await client.settled()
    expect(versions(a)).toEqual([1, 3, 4])
    expect(versions(b)).toEqual([1, 3])
  })

  test('and came back before that was repeated stays', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    const b = await dial(bob)
    for (const version of [1, 2, 3]) messages.publish(plans, { version })
    messages.publish(plans, { version: 2, ended: [bob] })
    await vi.waitFor(async () => {
      messages.publish(plans)
      await b.settled()
      expect(versions(b).length).toBeGreaterThan(3)
    }, WAITING)
  })
})

describe('passing frames', () => {
  const passing = (droppable: boolean) => ({
    type: 'passing' as const,
    conversationId: plans,
    fromUserId: alice,
    json: JSON.stringify({ type: 'passing', droppable }),
    droppable,
  })

  test('reach everybody, the droppable ones all but their author', async () => {
    const { dial, messages, bus } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    bus.publish(`conversation:${plans}`, passing(true))
    bus.publish(`conversation:${plans}`, passing(false))
    for (const client of [a, b]) await client.settled()
    expect(a.ofType('passing').map((frame) => frame.droppable)).toEqual([false])
    expect(b.ofType('passing').map((frame) => frame.droppable)).toEqual([true, false])
  })

  test('about what is before their time do not reach newcomers', async () => {
    const { dial, messages, bus } = await boot()
    messages.join(plans, [alice], 0)
    messages.join(plans, [bob], 10)
    const [a, b] = [await dial(alice), await dial(bob)]
    bus.publish(`conversation:${plans}`, {
      ...passing(false),
      newcomers: { joinedFrom: 10, json: null },
    })
    for (const client of [a, b]) await client.settled()
    expect(a.ofType('passing')).toHaveLength(1)
    expect(b.ofType('passing')).toHaveLength(0)
  })
})

test('a frame for one user reaches all of their sockets and nobody else', async () => {
  const { dial, bus } = await boot()
  const [a1, a2, b] = [await dial(alice), await dial(alice), await dial(bob)]
  bus.publish(`user:${alice}`, { type: 'frame', json: '{"type":"mine"}' })
  for (const client of [a1, a2, b]) await client.settled()
  expect([a1, a2, b].map((client) => client.ofType('mine').length)).toEqual([1, 1, 0])
})

test('a room that everybody left listens on for a while, then no more', async () => {
  const { dial, messages, clock, bus } = await boot()
  messages.join(plans, [alice])
  const unsubscribed: string[] = []
  const subscribe = bus.subscribe
  bus.subscribe = (topic, handler) => {
    const subscription = subscribe(topic, handler)
    const unsubscribe = () => {
      unsubscribed.push(topic)
      subscription.unsubscribe()
    }
    return { ...subscription, unsubscribe }
  }
  const first = await dial(alice)
  first.ws.close()
  await vi.waitFor(() => expect(unsubscribed).toEqual([`user:${alice}`]), WAITING)
  clock.now += 4000
  const second = await dial(alice)
  clock.now += 4000
  await second.settled()
  expect(unsubscribed).toEqual([`user:${alice}`])
  second.ws.close()
  await vi.waitFor(() => expect(unsubscribed).toHaveLength(2), WAITING)
  clock.now += 5000
  await vi.waitFor(() => expect(unsubscribed).toContain(`conversation:${plans}`), WAITING)
})

/** Guards what `Outlet` relies on: that writing under `ws` leaves every frame whole and in order. */
test('frames written under ws interleave with its control frames and with answers', async () => {
  const { dial, messages, clock } = await boot()
  messages.join(plans, [alice, bob, carol, dan])
  const clients = await Promise.all([alice, bob, carol, dan].map((userId) => dial(userId)))
  let pings = 0
  let pongs = 0
  for (const client of clients) {
    client.ws.on('ping', () => pings++)
    client.ws.on('pong', () => pongs++)
  }
  const rounds = 200
  for (let i = 0; i < rounds; i++) {
    messages.publish(plans, { json: JSON.stringify({ type: 'test', i, fill: 'x'.repeat(i * 7) }) })
    for (const client of clients) {
      client.ws.ping('are you there?')
      client.send({ type: 'message', conversationId: plans, clientId: `${i}`, data: 'hi' })
    }
    clock.now += 5000
    if (i % 10 === 0) for (const client of clients) await client.settled()
  }
  for (const client of clients) {
    await vi.waitFor(() => expect(client.ofType('ack')).toHaveLength(rounds), WAITING)
    await client.settled()
    expect(client.ofType('test').map((frame) => frame.i)).toEqual(
      Array.from({ length: rounds }, (_, i) => i),
    )
    expect(client.ofType('message')).toHaveLength(rounds * clients.length)
    expect(client.closed).toBeUndefined()
  }
  expect(pongs).toBe(rounds * clients.length)
  expect(pings).toBeGreaterThan(0)
})

test('a member of many conversations gets all of them in one stream', async () => {
  const { dial, messages } = await boot()
  const conversations = Array.from({ length: 50 }, (_, i) => idOf(1000 + i))
  for (const id of conversations) messages.join(id, [alice])
  const client = await dial(alice)
  for (let round = 0; round < 20; round++) for (const id of conversations) messages.publish(id)
  await client.settled()
  const expected = Array.from({ length: 20 }, (_, i) => i + 1)
  for (const id of conversations) expect(versions(client, id)).toEqual(expected)
})
