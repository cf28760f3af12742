import { ChatError, outboundFrameSchema } from '@chatapp/protocol'
import { describe, expect, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, idOf, lobby, plans } from './cast.ts'
import { WAITING } from './client.ts'
import { tokenOf } from './fake-tokens.ts'

const message = (clientId: string, data = clientId) => ({
  type: 'message',
  conversationId: plans,
  clientId,
  data,
})

describe('a message', () => {
  test('is acknowledged and reaches every socket of every member, the sending one included', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    const [a1, a2, b] = [await dial(alice), await dial(alice), await dial(bob)]
    a1.send(message('one', 'Hi!'))
    const ack = await a1.next('ack')
    expect(outboundFrameSchema.parse(ack)).toMatchObject({
      clientId: 'one',
      conversationId: plans,
      position: 1,
      version: 1,
    })
    for (const client of [a1, a2, b]) {
      await client.settled()
      expect(client.ofType('message')).toMatchObject([{ message: 'Hi!', messageId: ack.messageId }])
    }
    expect([a2, b].flatMap((client) => client.ofType('ack'))).toEqual([])
  })

  test('as the seed sends it goes to the lobby, and unknown fields are ignored', async () => {
    const { dial, messages } = await boot()
    const client = await dial(alice)
    client.send({ type: 'message', data: 'Hello, world!', color: 'green', replyTo: null })
    expect(await client.next('ack')).toMatchObject({ conversationId: lobby })
    expect(messages.sent).toEqual([
      {
        senderId: alice,
        conversationId: null,
        clientId: null,
        data: 'Hello, world!',
        replyTo: null,
      },
    ])
  })

  test('keeps its place among those of the same socket, and all of a burst are acknowledged', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice])
    const client = await dial(alice)
    const ids = Array.from({ length: 3000 }, (_, i) => `c${i}`)
    for (const id of ids) client.send(message(id))
    for (const type of ['ack', 'message'] as const)
      await vi.waitFor(() => expect(client.ofType(type)).toHaveLength(3000), WAITING)
    expect(messages.sent.map((command) => command.clientId)).toEqual(ids)
    expect(client.ofType('message').map((frame) => frame.clientId)).toEqual(ids)
    expect(client.ofType('error')).toEqual([])
  })

  test('that is refused is answered with an error that names it', async () => {
    const { dial, messages } = await boot()
    messages.before = () => {
      throw new ChatError('not-found', 'There is no such conversation.')
    }
    const client = await dial(alice).catch(() => undefined)
    expect(client).toBeUndefined()
    messages.before = (call) => {
      if (call === 'send') throw new ChatError('not-found', 'There is no such conversation.')
    }
    const other = await dial(alice)
    other.send(message('one'))
    expect(await other.next('error')).toEqual({
      type: 'error',
      code: 'not-found',
      message: 'There is no such conversation.',
      retryable: false,
      clientId: 'one',
    })
  })

  test('that fails unexpectedly is refused without telling why', async () => {
    const { dial, messages } = await boot()
    messages.before = (call) => {
      if (call === 'send') throw new Error('secret of the database')
    }
    const client = await dial(alice)
    client.send(message('one'))
    expect(await client.next('error')).toMatchObject({ code: 'internal', retryable: true })
    expect(JSON.stringify(client.frames)).not.toContain('secret')
  })
})

test('a socket with much under way is read no further until some of it is answered', async () => {
  const { dial, messages } = await boot()
  const release = Promise.withResolvers<void>()
  messages.before = (call) => (call === 'send' ? release.promise : undefined)
  const client = await dial(alice)
  const data = 'x'.repeat(1000)
  for (let i = 0; i < 20_000; i++) client.send({ type: 'message', clientId: `c${i}`, data })
  // What waits is in TCP and in the client: the gateway took only some of it.
  await vi.waitFor(() => expect(messages.sent.length).toBeGreaterThan(500), WAITING)
  const neighbour = await dial(bob)
  await neighbour.settled()
  expect(messages.sent.length).toBeLessThan(1000)
  release.resolve()
  await vi.waitFor(() => expect(client.ofType('ack')).toHaveLength(20_000), WAITING)
})

test('cursors are gathered and the highest of each is stored', async () => {
  const { dial, messages } = await boot()
  const client = await dial(alice)
  for (const position of [3, 9, 5]) client.send({ type: 'read', conversationId: plans, position })
  client.send({ type: 'delivered', conversationId: plans, position: 12 })
  client.send({ type: 'delivered', conversationId: lobby, position: 1 })
  await vi.waitFor(() => expect(messages.advanced).toHaveLength(2), WAITING)
  expect(messages.advanced).toEqual([
    { userId: alice, conversationId: plans, read: 9, delivered: 12 },
    { userId: alice, conversationId: lobby, delivered: 1 },
  ])
})

test('a cursor that is refused is answered with an error', async () => {
  const { dial, messages } = await boot()
  messages.before = (call) => {
    if (call === 'advance') throw new ChatError('invalid', 'position: is above the last one')
  }
  const client = await dial(alice)
  client.send({ type: 'read', conversationId: plans, position: 3 })
  expect(await client.next('error')).toMatchObject({ code: 'invalid' })
})

test('cursors of a socket that closed at once are stored all the same', async () => {
  const { dial, messages } = await boot()
  const client = await dial(alice)
  client.send({ type: 'read', conversationId: plans, position: 3 })
  client.ws.close()
  await vi.waitFor(() => expect(messages.advanced).toHaveLength(1), WAITING)
})

test('sync is answered as the REST call answers', async () => {
  const { dial } = await boot()
  const client = await dial(alice)
  client.send({ type: 'sync', conversations: { [plans]: 4 } })
  expect(await client.next('synced')).toEqual({
    type: 'synced',
    conversations: [],
    unknown: [plans],
    added: [],
  })
})

test('typing is told to the others, at most once a second', async () => {
  const { dial, messages, clock } = await boot()
  messages.join(plans, [alice, bob])
  const [a1, a2, b] = [await dial(alice), await dial(alice), await dial(bob)]
  const typing = { type: 'typing', conversationId: plans }
  a1.send(typing)
  a1.send(typing)
  expect(await b.next('typing')).toEqual({ type: 'typing', conversationId: plans, userId: alice })
  await a1.settled()
  clock.now += 1000
  a1.send(typing)
  await b.next('typing')
  await a2.settled()
  expect(messages.typed).toHaveLength(2)
  expect([...a1.ofType('typing'), ...a2.ofType('typing')]).toEqual([])
})

test('ping is answered with pong', async () => {
  const { dial } = await boot()
  const client = await dial(alice)
  client.send({ type: 'ping' })
  expect(await client.next('pong')).toEqual({ type: 'pong' })
})

describe('authenticate', () => {
  test('extends the socket and welcomes it again', async () => {
    const { dial, clock } = await boot()
    const expiresAt = clock.now + 10_000
    const client = await dial(alice, tokenOf(alice, { expiresAt }))
    const later = expiresAt + 900_000
    const accessToken = tokenOf(alice, { expiresAt: later, session: idOf(901) })
    client.send({ type: 'authenticate', accessToken })
    expect(await client.next('welcome')).toMatchObject({
      sessionId: idOf(901),
      expiresAt: new Date(later).toISOString(),
    })
    clock.now = expiresAt + 1
    await client.settled()
    clock.now = later
    expect(await client.end()).toMatchObject({ code: 4401 })
  })

  test('refuses a token of another user and one that is not valid', async () => {
    const { dial } = await boot()
    const client = await dial(alice)
    client.send({ type: 'authenticate', accessToken: tokenOf(bob) })
    expect(await client.next('error')).toMatchObject({ code: 'forbidden' })
    client.send({ type: 'authenticate', accessToken: 'nonsense' })
    expect(await client.next('error')).toMatchObject({ code: 'unauthenticated' })
    await client.settled()
  })
})
