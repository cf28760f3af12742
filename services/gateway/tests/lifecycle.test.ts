import type { FocusEvent } from '@chatapp/protocol'
import { describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { boot } from './boot.ts'
import { alice, bob, carol, idOf, plans } from './cast.ts'
import { WAITING } from './client.ts'
import { tokenOf } from './fake-tokens.ts'

describe('a socket that is not read from', () => {
  test('is closed with 4001 while others go on', async () => {
    const { dial, messages, get } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    b.ws.pause()
    const json = JSON.stringify({ type: 'test', fill: 'x'.repeat(60_000) })
    let sent = 0
    const publishSome = async () => {
      for (let i = 0; i < 20; i++, sent++) messages.publish(plans, { json })
      await a.settled()
    }
    await vi.waitFor(async () => {
      await publishSome()
      expect(await (await get('/metrics')).text()).toContain('slow_consumers_total 1')
    }, WAITING)
    await publishSome()
    b.ws.resume()
    expect(await b.end()).toMatchObject({ code: 4001 })
    expect(a.ofType('test')).toHaveLength(sent)
    expect(b.ofType('test').length).toBeLessThan(sent)
  })

  test('misses typing while it is behind, and is closed when that lasts', async () => {
    const { dial, messages, bus, clock, get } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    b.ws.pause()
    const event = { type: 'passing', conversationId: plans, fromUserId: carol } as const
    const json = JSON.stringify({ type: 'test', fill: 'x'.repeat(20_000) })
    // Fills what the kernel takes, then stays behind by less than what is given up at once.
    const isGivenUp = async () =>
      (await (await get('/metrics')).text()).includes('slow_consumers_total 1')
    for (let i = 0; i < 3000; i++) {
      b.send({ type: 'ping' })
      messages.publish(plans, { json })
      bus.publish(`conversation:${plans}`, { ...event, droppable: true, json: '{"type":"typing"}' })
      await a.settled()
      clock.now += 500
      if (i % 20 === 0 && (await isGivenUp())) break
    }
    b.ws.resume()
    expect(await b.end()).toMatchObject({ code: 4001 })
    expect(b.ofType('typing').length).toBeLessThan(a.ofType('typing').length)
  })

  test('but asked for a long answer gets it, and time to read it', async () => {
    const { dial, messages, clock } = await boot()
    messages.join(plans, [alice])
    const a = await dial(alice)
    const unknown = Array.from({ length: 1000 }, () => 'x'.repeat(20_000))
    messages.sync = async () => ({ conversations: [], unknown, added: [] })
    a.send({ type: 'sync', conversations: {} })
    const first = await a.next('synced')
    expect(first.unknown).toHaveLength(1000)
    a.send({ type: 'sync', conversations: {} })
    a.send({ type: 'sync', conversations: {} })
    a.ws.pause()
    for (let i = 0; i < 10; i++) {
      messages.publish(plans)
      clock.now += 2000
      await new Promise((resolve) => setImmediate(resolve))
    }
    a.ws.resume()
    await a.next('synced')
    await a.next('synced')
    await a.settled()
    expect(a.ofType('test')).toHaveLength(10)
  })
})

describe('the heartbeat', () => {
  test('closes a socket with 4002 that is silent', async () => {
    const { dial, clock } = await boot()
    const client = await dial(alice)
    const pinged = new Promise((resolve) => client.ws.once('ping', resolve))
    // Like a client that is gone without a word: nothing is answered any more.
    client.ws.pong = () => undefined
    clock.now += 25_000
    await pinged
    clock.now += 10_000
    expect(await client.end()).toMatchObject({ code: 4002 })
  })

  test('tells that a silent screen has shown nothing since it was heard', async () => {
    const { dial, clock, bus } = await boot()
    const told: FocusEvent[] = []
    const news = bus.subscribe('focus', (event) => void told.push(event))
    const client = await dial(alice)
    client.send({ type: 'focus', conversationId: plans })
    await client.settled()
    client.ws.pong = () => undefined
    const pinged = new Promise((resolve) => client.ws.once('ping', resolve))
    clock.now += 25_000
    await pinged
    clock.now += 10_000
    await client.end()
    expect(told.slice(-2)).toMatchObject([
      { type: 'focus', people: [[alice, []]] },
      { type: 'lost', userId: alice, conversationId: plans, silentMs: 35_000 },
    ])
    news.unsubscribe()
  })

  test.each([
    ['is closed', (ws: WebSocket) => ws.close(), ['focus']],
    ['breaks', (ws: WebSocket) => ws.terminate(), ['focus', 'lost']],
  ])('of a screen whose connection %s', async (_, end, types) => {
    const { dial, bus } = await boot()
    const client = await dial(alice)
    client.send({ type: 'focus', conversationId: plans })
    await client.settled()
    const told: string[] = []
    const news = bus.subscribe('focus', ({ type }) => void told.push(type))
    end(client.ws)
    await vi.waitFor(() => expect(told).toEqual(types), WAITING)
    news.unsubscribe()
  })

  test('takes any frame as a sign of life', async () => {
    const { dial, clock } = await boot()
    const client = await dial(alice)
    client.ws.pong = () => undefined
    for (let i = 0; i < 20; i++) {
      clock.now += 9000
      await client.settled()
    }
    expect(client.closed).toBeUndefined()
  })
})

test('a socket whose token ends is closed with 4401', async () => {
  const { dial, clock } = await boot()
  const expiresAt = clock.now + 60_000
  const client = await dial(alice, tokenOf(alice, { expiresAt }))
  clock.now = expiresAt
  expect(await client.end()).toMatchObject({ code: 4401 })
})

test('a session that ends takes its sockets with it, and no others', async () => {
  const { dial, bus } = await boot()
  const session = idOf(901)
  const [gone, other] = [await dial(alice, tokenOf(alice, { session })), await dial(alice)]
  bus.publish('sessions', { type: 'session-ended', userId: alice, sessionId: session })
  expect(await gone.end()).toMatchObject({ code: 4401 })
  await other.settled()
})

describe('draining', () => {
  test('answers what is under way, then closes with 4000', async () => {
    const { dial, messages, gateway } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    const release = Promise.withResolvers<void>()
    messages.before = (call) => (call === 'send' ? release.promise : undefined)
    a.send({ type: 'message', conversationId: plans, clientId: 'one', data: 'last words' })
    await vi.waitFor(() => expect(messages.sent).toHaveLength(1), WAITING)
    const drained = gateway.drain()
    expect(await b.end()).toMatchObject({ code: 4000 })
    expect(a.closed).toBeUndefined()
    release.resolve()
    expect(await a.end()).toMatchObject({ code: 4000 })
    expect(a.ofType('ack')).toHaveLength(1)
    await drained
  })

  test('refuses new connections', async () => {
    const { gateway, get } = await boot()
    expect((await get('/readyz')).status).toBe(200)
    await gateway.drain()
    await expect(get('/readyz')).rejects.toThrow()
  })

  test('says so on connections that are still open', async () => {
    const { dial, messages, gateway, get } = await boot()
    const release = Promise.withResolvers<void>()
    messages.before = (call) => (call === 'send' ? release.promise : undefined)
    const client = await dial(alice)
    client.send({ type: 'message', data: 'last words' })
    await vi.waitFor(() => expect(messages.sent).toHaveLength(1), WAITING)
    expect((await get('/readyz')).status).toBe(200)
    const drained = gateway.drain()
    const late = await get('/readyz').then(
      (answer) => answer.status,
      () => 'refused',
    )
    expect([503, 'refused']).toContain(late)
    release.resolve()
    await drained
  })

  test('ends at once when there is no time left', async () => {
    const { dial, messages, gateway } = await boot()
    messages.before = (call) => (call === 'send' ? new Promise(() => undefined) : undefined)
    const client = await dial(alice)
    client.send({ type: 'message', data: 'never stored' })
    await vi.waitFor(() => expect(messages.sent).toHaveLength(1), WAITING)
    await gateway.drain(AbortSignal.abort())
    expect((await client.end()).code).toBe(1006)
  })

  test('of many sockets is spread', async () => {
    const { dial, gateway } = await boot()
    const clients = await Promise.all(Array.from({ length: 250 }, (_, i) => dial(idOf(i))))
    const drained = gateway.drain()
    const first = await vi.waitFor(() => {
      const closed = clients.filter((client) => client.closed).length
      if (closed === 0) throw new Error('none closed')
      return closed
    }, WAITING)
    expect(first).toBeLessThan(250)
    await drained
    for (const client of clients) expect((await client.end()).code).toBe(4000)
  })
})
