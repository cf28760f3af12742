import {
  type FragileLine,
  hasRedis,
  type Person,
  type Product,
  type RawSocket,
  rawSocket,
  settle,
  startFragileLine,
  startProduct,
  startRedis,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Alice's process and Bob's: one installation, with Redis between them; Bob's wire to it may fail. */
describe.skipIf(!hasRedis())('two processes on one database', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let line: FragileLine
  let here: Product
  let there: Product
  let alice: Person
  let bob: Person
  let carol: Person

  beforeAll(async () => {
    redis = await startRedis()
    line = await startFragileLine(redis.port)
    here = await startProduct({ env: { REDIS_URL: redis.url } })
    const env = { REDIS_URL: `redis://127.0.0.1:${line.port}` }
    there = await startProduct({ env, beside: here })
    alice = await here.person('alice')
    bob = await there.person('bob')
    carol = await there.person('carol')
  })
  afterAll(async () => {
    await there[Symbol.asyncDispose]()
    await here[Symbol.asyncDispose]()
    await line[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
  })

  const idOf = (person: Person) => person.session.user.id
  const listen = async (product: Product, person: Person) => {
    const socket = rawSocket(product.url, person.session.accessToken)
    await socket.next('welcome')
    return socket
  }
  const group = (others: Person[]) =>
    alice.client.conversations.create({ title: 'Plans', userIds: others.map(idOf) })
  const textsOf = (socket: RawSocket, conversationId: string) =>
    socket.frames.flatMap((frame) =>
      frame.type === 'message' && frame.conversationId === conversationId ? [frame.message] : [],
    )
  const redisIs = (product: Product, state: 'ok' | 'away') =>
    settle(
      `Redis is ${state}`,
      async () => {
        const answer = await fetch(`${product.url}/readyz`)
        const { checks }: { checks: Record<string, string> } = await answer.json()
        return checks.redis === state
      },
      20_000,
    )

  test('people of both talk: messages, receipts and typing', async () => {
    const room = await group([bob])
    await using a = await listen(here, alice)
    await using b = await listen(there, bob)
    a.send({ type: 'message', conversationId: room.id, clientId: 'c1', data: 'hello' })
    const heard = await b.next('message', (frame) => frame.message === 'hello')
    b.send({ type: 'read', conversationId: room.id, position: heard.position })
    b.send({ type: 'typing', conversationId: room.id })
    await a.next('receipt', (frame) => frame.kind === 'read' && frame.userId === idOf(bob))
    await a.next('typing', (frame) => frame.userId === idOf(bob))
  })

  test('who joins in one process follows at once in the other', async () => {
    const room = await group([])
    await using b = await listen(there, bob)
    await alice.client.conversations.addMembers(room.id, [idOf(bob)])
    await alice.client.messages.send({ conversationId: room.id, data: 'welcome' })
    await b.next('message', (frame) => frame.message === 'welcome')
  })

  test('who is removed in one process hears nothing more in the other, within a second', async () => {
    const room = await group([bob, carol])
    await using b = await listen(there, bob)
    await using c = await listen(there, carol)
    await alice.client.conversations.remove(room.id, idOf(bob))
    const end = (frame: { participants: { userId: string; left: boolean }[] }) =>
      frame.participants.some(({ userId, left }) => left && userId === idOf(bob))
    await settle(
      'the news arrive',
      () => b.frames.some((f) => f.type === 'participant' && end(f)),
      1000,
    )
    await carol.client.messages.send({ conversationId: room.id, data: 'without him' })
    await c.next('message', (frame) => frame.message === 'without him')
    expect(textsOf(b, room.id)).toEqual([])
  })

  const faults: [string, () => Promise<void>, () => Promise<void>][] = [
    ['Redis is restarted', () => redis.stop(), () => redis.start()],
    ['Redis is emptied', async () => void redis.cli('flushall'), async () => undefined],
    ['one process is cut off', async () => line.cut(), async () => line.mend()],
    ['the line of one process goes dead', async () => line.stall(), async () => line.mend()],
  ]
  test.each(faults)(
    'when %s in a burst, everybody gets every message once and in order',
    async (_, fail, mend) => {
      const room = await group([bob, carol])
      await using a = await listen(here, alice)
      await using b = await listen(there, bob)
      await using c = await listen(here, carol)
      const sent: string[] = []
      const burst = async (name: string) => {
        const sends = Array.from({ length: 40 }, async (_each, i) => {
          const person = i % 2 ? alice : bob
          const data = `${name} ${i}`
          sent.push(data)
          await person.client.messages.send({ conversationId: room.id, data })
        })
        await Promise.all(sends)
      }
      await burst('before')
      const during = burst('as it fails')
      await fail()
      await during
      await burst('while it is away')
      await mend()
      await burst('after')
      const everybody = [a, b, c]
      for (const socket of everybody)
        await settle('all of it arrives', () => textsOf(socket, room.id).length >= 160, 45_000)
      const inOrder = textsOf(a, room.id)
      expect(inOrder.toSorted()).toEqual(sent.toSorted())
      for (const socket of everybody) expect(textsOf(socket, room.id)).toEqual(inOrder)
      await redisIs(here, 'ok')
      await redisIs(there, 'ok')
    },
    90_000,
  )

  const ticketOf = async (person: Person) =>
    (await person.client.call('createSocketTicket', {})).ticket
  const enter = (product: Product, ticket: string) => {
    const socket = new WebSocket(`${product.url.replace('http', 'ws')}/ws?ticket=${ticket}`)
    const { promise, resolve } = Promise.withResolvers<'in' | 'refused'>()
    socket.addEventListener('open', () => {
      resolve('in')
      socket.close()
    })
    socket.addEventListener('error', () => resolve('refused'))
    return promise
  }

  test('a ticket opens one socket, on either process', async () => {
    const ticket = await ticketOf(alice)
    expect(await enter(there, ticket)).toBe('in')
    expect(await enter(there, ticket)).toBe('refused')
    expect(await enter(here, ticket)).toBe('refused')
    expect(await enter(here, await ticketOf(alice))).toBe('in')
  })

  test('a ticket of a process without Redis opens a socket there', async () => {
    line.cut()
    await redisIs(there, 'away')
    const ticket = await ticketOf(bob)
    expect(await enter(there, ticket)).toBe('in')
    expect(await enter(there, ticket)).toBe('refused')
    line.mend()
    await redisIs(there, 'ok')
  })

  test.each(['there', 'away'])(
    'a session that ends in one process closes its socket in the other within a second, Redis being %s',
    async (state) => {
      const dan = await here.person()
      await using socket = await listen(there, dan)
      if (state === 'away') {
        line.cut()
        await redisIs(there, 'away')
      }
      await dan.client.users.logout()
      const endedAt = performance.now()
      expect(await socket.closed).toBe(4401)
      expect(performance.now() - endedAt).toBeLessThan(1000)
      line.mend()
      await redisIs(there, 'ok')
    },
  )

  test('receipts that were lost with Redis are told when it is back, to who stayed connected', async () => {
    const room = await group([bob, carol])
    await using a = await listen(here, alice)
    await using b = await listen(there, bob)
    const { position } = await carol.client.messages.send({
      conversationId: room.id,
      data: 'read?',
    })
    await a.next('message', (frame) => frame.position === position)
    line.cut()
    await redisIs(there, 'away')
    const readBy = (person: Person, socket: RawSocket) =>
      socket.frames.flatMap((frame) => {
        if (frame.type !== 'receipt' || frame.conversationId !== room.id) return []
        return frame.userId === idOf(person) && frame.kind === 'read' ? [frame.position] : []
      })
    for (const person of [alice, bob])
      await person.client.messages.advance(room.id, { read: position })
    expect([readBy(bob, a), readBy(alice, b)]).toEqual([[], []])
    line.mend()
    await redisIs(there, 'ok')
    await settle(
      'both are told',
      () => readBy(bob, a).length > 0 && readBy(alice, b).length > 0,
      20_000,
    )
    // Told twice they say the same: a watermark.
    expect(new Set([...readBy(bob, a), ...readBy(alice, b)])).toEqual(new Set([position]))
  })

  test('who is removed while Redis is away hears nothing that comes after', async () => {
    const room = await group([bob, carol])
    await using b = await listen(there, bob)
    await using c = await listen(there, carol)
    line.cut()
    await redisIs(there, 'away')
    await alice.client.conversations.remove(room.id, idOf(bob))
    await alice.client.messages.send({ conversationId: room.id, data: 'without him' })
    await carol.client.messages.send({ conversationId: room.id, data: 'really' })
    await settle('the others hear it', () => textsOf(c, room.id).length === 2)
    line.mend()
    await redisIs(there, 'ok')
    await alice.client.messages.send({ conversationId: room.id, data: 'still' })
    await settle('the others hear it', () => textsOf(c, room.id).length === 3)
    expect(textsOf(c, room.id)).toEqual(['without him', 'really', 'still'])
    expect(textsOf(b, room.id)).toEqual([])
  })

  test('who joins while Redis is away follows when it is back', async () => {
    const room = await group([])
    await using b = await listen(there, bob)
    line.cut()
    await redisIs(there, 'away')
    await alice.client.conversations.addMembers(room.id, [idOf(bob)])
    line.mend()
    await redisIs(there, 'ok')
    await settle('he hears us', async () => {
      await alice.client.messages.send({ conversationId: room.id, data: 'are you there?' })
      return textsOf(b, room.id).length > 0
    })
  })
})
