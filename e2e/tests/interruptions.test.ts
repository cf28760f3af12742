import {
  type Cast,
  cast,
  type Person,
  type Product,
  rawSocket,
  settle,
  startProduct,
} from '@chatapp/dev-env'
import type { Message } from '@chatapp/protocol'
import { createClient, type LiveEvent } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
let people: Cast

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

const idOf = (person: Person) => person.session.user.id

test('a retry of one client id a hundred times at once over REST and sockets makes one message', async () => {
  const { alice, bob } = people
  const room = await alice.client.conversations.create({ title: 'Once', userIds: [idOf(bob)] })
  await using one = rawSocket(product.url, alice.session.accessToken)
  await using two = rawSocket(product.url, alice.session.accessToken)
  await using witness = rawSocket(product.url, bob.session.accessToken)
  await Promise.all([one, two, witness].map((socket) => socket.next('welcome')))
  const send = { conversationId: room.id, clientId: 'once', data: 'once' }
  for (let i = 0; i < 33; i++)
    for (const socket of [one, two]) socket.send({ type: 'message', ...send })
  const answers = await Promise.all(
    Array.from({ length: 34 }, () => alice.client.messages.send(send)),
  )
  const acksOf = (socket: typeof one) => socket.frames.filter((frame) => frame.type === 'ack')
  await settle(
    'every try is acknowledged',
    () => acksOf(one).length === 33 && acksOf(two).length === 33,
  )
  const ids = [
    ...answers.map((message) => message.id),
    ...acksOf(one).map((ack) => ack.messageId),
    ...acksOf(two).map((ack) => ack.messageId),
  ]
  expect(ids).toHaveLength(100)
  expect(new Set(ids).size).toBe(1)
  const after = await alice.client.messages.send({ ...send, clientId: 'after', data: 'after' })
  await witness.next('message', (frame) => frame.messageId === after.id)
  expect(
    witness.frames.filter((frame) => frame.type === 'message').map((frame) => frame.message),
  ).toEqual(['once', 'after'])
})

/** Cuts its sockets at will, as a bad network does. */
function fragileSockets() {
  const open = new Set<WebSocket>()
  const Fragile = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      open.add(this)
      this.addEventListener('close', () => open.delete(this))
    }
  }
  return {
    WebSocket: Fragile,
    cut: () => {
      for (const socket of open) socket.close()
    },
  }
}

test('a client that is cut off again and again in a burst resumes without gap or double', async () => {
  const { alice, bob } = people
  const room = await alice.client.conversations.create({ title: 'Cut', userIds: [idOf(bob)] })
  const network = fragileSockets()
  await using client = createClient({
    url: product.url,
    session: bob.session,
    WebSocket: network.WebSocket,
  })
  const connection = client.connect()
  const events: LiveEvent[] = []
  connection.onAny((event) => events.push(event))
  await settle('online', () => connection.state.kind === 'online')
  for (let i = 0; i < 600; i++) {
    await alice.client.messages.send({ conversationId: room.id, clientId: `${i}`, data: `${i}` })
    if (i % 50 === 25) network.cut()
    if (i % 50 === 30) connection.retryNow()
  }
  connection.retryNow()
  const seen = () =>
    events.flatMap((event) =>
      event.type === 'message' && event.conversationId === room.id ? [event] : [],
    )
  await settle('everything arrived', () => seen().length >= 600, 20_000)
  expect(
    seen().map((event) =>
      event.message.kind === 'text' ? event.message.data : event.message.kind,
    ),
  ).toEqual(Array.from({ length: 600 }, (_, i) => `${i}`))
  const versions = seen().map((event) => event.version)
  expect(versions).toEqual([...versions].sort((x, y) => x - y))
  expect(new Set(seen().map((event) => event.source))).toEqual(new Set(['live', 'sync']))
})

test('what is sent while the network is cut goes out once, in order, when it is back', async () => {
  const { alice, bob } = people
  const room = await alice.client.conversations.create({ title: 'Queue', userIds: [idOf(bob)] })
  const network = fragileSockets()
  await using client = createClient({
    url: product.url,
    session: bob.session,
    WebSocket: network.WebSocket,
  })
  const connection = client.connect()
  await settle('online', () => connection.state.kind === 'online')
  const sends: Promise<unknown>[] = []
  for (let i = 0; i < 300; i++) {
    sends.push(connection.send(room.id, `${i}`).settled)
    if (i % 60 === 30) network.cut()
    if (i % 20 === 19) await new Promise((resolve) => setImmediate(resolve))
  }
  connection.retryNow()
  await Promise.all(sends)
  const { items } = await alice.client.messages.history(room.id, { after: 1, limit: 200 })
  const { items: rest } = await alice.client.messages.history(room.id, { after: 201, limit: 200 })
  const texts = [...items, ...rest].map((m: Message) => (m.kind === 'text' ? m.data : m.kind))
  expect(texts).toEqual(Array.from({ length: 300 }, (_, i) => `${i}`))
})

test('draining under load loses nothing that was acknowledged, and the clients go on after the restart', async () => {
  const { alice, bob } = people
  const room = await alice.client.conversations.create({ title: 'Drain', userIds: [idOf(bob)] })
  const sockets = [alice, bob].map((person) => rawSocket(product.url, person.session.accessToken))
  await Promise.all(sockets.map((socket) => socket.next('welcome')))
  for (const socket of sockets) {
    for (let i = 0; i < 500; i++)
      socket.send({ type: 'message', conversationId: room.id, clientId: `${i}`, data: `${i}` })
  }
  await Promise.all(sockets.map((socket) => socket.next('ack')))
  await product.restart()
  expect(await Promise.all(sockets.map((socket) => socket.closed))).toEqual([4000, 4000])
  const again = createClient({ url: product.url, session: alice.session })
  await using _ = again
  const stored = new Set<string>()
  for (let after: number | null = 0; after !== null; ) {
    const page: { items: Message[]; after: number | null } = await again.messages.history(room.id, {
      after,
      limit: 200,
    })
    for (const message of page.items) stored.add(message.id)
    after = page.after
  }
  const acked = sockets.flatMap((socket) =>
    socket.frames.flatMap((frame) => (frame.type === 'ack' ? [frame.messageId] : [])),
  )
  expect(acked.length).toBeGreaterThan(0)
  expect(acked.filter((id) => !stored.has(id))).toEqual([])
})
