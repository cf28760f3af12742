import { hasRedis, startRedis } from '@chatapp/dev-env'
import {
  type Bus,
  connectRedis,
  createLogger,
  createMetrics,
  createRedisBus,
} from '@chatapp/service-kit'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, carol, plans } from './cast.ts'
import { type Client, WAITING } from './client.ts'

const log = createLogger('silent')
const states = (client: Client) =>
  client.ofType('presence').map(({ userId, state }) => ({ userId, state }))

const seesInTheEnd = (client: Client, expected: { userId: string; state: string }[]) =>
  vi.waitFor(() => expect(states(client)).toEqual(expected), WAITING)

/** The same whether it is kept in one process or in Redis. */
function tellsPresence(open: () => ReturnType<typeof boot>): void {
  test('is told at once to who asks, and then as it changes', async () => {
    const { dial, clock } = await open()
    const a = await dial(alice)
    const b1 = await dial(bob)
    a.send({ type: 'watch', userIds: [bob, carol] })
    await seesInTheEnd(a, [
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
    const { dial, clock } = await open()
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
    const { dial, clock } = await open()
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
    const { dial } = await open()
    const a = await dial(alice)
    a.send({ type: 'watch', userIds: [bob] })
    await seesInTheEnd(a, [{ userId: bob, state: 'offline' }])
    a.send({ type: 'watch', userIds: [] })
    await a.settled()
    await dial(bob)
    await a.settled()
    expect(states(a)).toEqual([{ userId: bob, state: 'offline' }])
  })
}

describe('presence in one process', () => tellsPresence(() => boot()))

test('who asks is told of who is connected and since when they do nothing', async () => {
  const { dial, clock, bus } = await boot()
  const told = listen(bus)
  const a = await dial(alice)
  await dial(bob)
  clock.now += 400_000
  a.send({ type: 'typing', conversationId: plans })
  await a.settled()
  clock.now += 1_000
  bus.publish('focus', { type: 'ask-here', userIds: [alice, bob, carol] })
  await vi.waitFor(() => expect(told).toHaveLength(1), WAITING)
  expect(told).toEqual([
    [
      [alice, 1_000],
      [bob, 401_000],
    ],
  ])
})

test('who goes is told of without being asked about', async () => {
  const { dial, clock, bus } = await boot()
  const told = listen(bus)
  const b = await dial(bob)
  clock.now += 60_000
  b.ws.close()
  await b.end()
  await vi.waitFor(() => {
    clock.now += 2_000
    expect(told).toHaveLength(1)
  }, WAITING)
  const [[userId, idleMs] = []] = told[0] ?? []
  expect(userId).toBe(bob)
  expect(idleMs).toBeGreaterThanOrEqual(62_000)
})

function listen(bus: Pick<Bus, 'subscribe'>): [string, number][][] {
  const told: [string, number][][] = []
  const news = bus.subscribe('focus', (event) => {
    if (event.type === 'here') told.push(event.people)
  })
  onTestFinished(() => news.unsubscribe())
  return told
}

describe.skipIf(!hasRedis())('presence in Redis', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  async function open({ leaseMs = 60_000 } = {}) {
    const redis = await connectRedis({ url: server.url, name: 'test', log })
    const bus = createRedisBus({ redis, log, metrics: createMetrics() })
    onTestFinished(async () => {
      await bus[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    })
    return { redis, ...(await boot({ redis, bus, leaseMs })) }
  }
  async function openAlone() {
    server.cli('flushall')
    return open()
  }
  const isNow = (client: Client, state: string) =>
    vi.waitFor(() => expect(states(client).at(-1)?.state).toBe(state), WAITING)

  tellsPresence(openAlone)

  test('is told from one gateway to another', async () => {
    const [one, two] = [await openAlone(), await open()]
    const a = await one.dial(alice)
    const early = await two.dial(bob)
    a.send({ type: 'watch', userIds: [bob, carol] })
    await seesInTheEnd(a, [
      { userId: bob, state: 'online' },
      { userId: carol, state: 'offline' },
    ])
    await two.dial(carol)
    await isNow(a, 'online')
    early.ws.close()
    await early.end()
    two.clock.now += 2000
    await vi.waitFor(
      () => expect(states(a).at(-1)).toEqual({ userId: bob, state: 'offline' }),
      WAITING,
    )
  })

  test('lasts as long as a person is on one of the gateways', async () => {
    const [one, two] = [await openAlone(), await open()]
    const a = await one.dial(alice)
    const b1 = await one.dial(bob)
    const b2 = await two.dial(bob)
    a.send({ type: 'watch', userIds: [bob] })
    await isNow(a, 'online')
    b1.ws.close()
    await b1.end()
    one.clock.now += 3000
    b2.ws.close()
    await b2.end()
    await a.settled()
    expect(states(a)).toEqual([{ userId: bob, state: 'online' }])
    two.clock.now += 3000
    await isNow(a, 'offline')
    expect(states(a)).toHaveLength(2)
  })

  test('ends by itself when a gateway is heard no more', async () => {
    const [one, two] = [
      await openAlone().then(() => open({ leaseMs: 300 })),
      await open({ leaseMs: 300 }),
    ]
    const a = await one.dial(alice)
    await two.dial(bob)
    a.send({ type: 'watch', userIds: [bob] })
    await isNow(a, 'online')
    await two.redis[Symbol.asyncDispose]()
    await isNow(a, 'offline')
  })

  test('comes back after Redis was emptied', async () => {
    const [one, two] = [await open({ leaseMs: 300 }), await open({ leaseMs: 300 })]
    await two.dial(bob)
    server.cli('flushall')
    await vi.waitFor(
      () => expect(server.cli('exists', `chatapp:presence:${bob}`)).toBe('1'),
      WAITING,
    )
    const a = await one.dial(alice)
    a.send({ type: 'watch', userIds: [bob] })
    await isNow(a, 'online')
  })
})
