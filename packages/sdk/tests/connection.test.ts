import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Client, type ClientOptions, createClient } from '../src/client.ts'
import type { Connection } from '../src/live/connection.ts'
import type { LiveEvent } from '../src/live/events.ts'
import {
  ALICE,
  aConversation,
  aMessage,
  aSession,
  aSyncAnswer,
  errorFrame,
  messageFrame,
  OTHER_ROOM,
  ROOM,
  THIRD_ROOM,
} from './examples.ts'
import { ManualClock } from './manual-clock.ts'
import { acknowledging, problem, ScriptedServer } from './scripted-server.ts'

let server: ScriptedServer
const clients: Client[] = []

beforeEach(async () => {
  server = await ScriptedServer.start()
  server.onSync = (known) => aSyncAnswer(ROOM in known ? {} : { added: [aConversation()] })
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
  await server[Symbol.asyncDispose]()
})

function connect(options: Partial<ClientOptions> = {}) {
  const client = createClient({
    ...{ url: server.url, session: aSession(), random: () => 0, ...options },
  })
  clients.push(client)
  const connection = client.connect()
  const events: LiveEvent[] = []
  connection.onAny((event) => events.push(event))
  const positions = () =>
    events.flatMap((event) => (event.type === 'message' ? [event.message.position] : []))
  return { client, connection, events, positions }
}

const online = (connection: Connection) =>
  expect.poll(() => connection.state.kind, { interval: 5 }).toBe('online')
const ended = (connection: Connection) =>
  expect.poll(() => connection.state, { interval: 5 }).toMatchObject({ kind: 'ended' })

test('on connecting all conversations are joined, then changes arrive', async () => {
  const { connection, events, positions } = connect()
  await online(connection)
  expect(server.synced).toEqual([{}])
  expect(events).toContainEqual(expect.objectContaining({ type: 'joined', initial: true }))
  server.send(messageFrame(2), messageFrame(2), messageFrame(3))
  await expect.poll(positions).toEqual([2, 3])
  expect(connection.known()).toEqual({ [ROOM]: { version: 3, position: 3 } })
})

test('after a reconnect everything missed comes once and in order', async () => {
  const { connection, positions } = connect()
  await online(connection)
  server.send(messageFrame(2))
  await expect.poll(positions).toEqual([2])
  const changes = [3, 4].map((position) => aMessage({ position }))
  server.onSync = () =>
    aSyncAnswer({ conversations: [{ id: ROOM, version: 4, changes, reset: false }] })
  server.cut()
  await expect.poll(positions).toEqual([2, 3, 4])
  expect(server.synced.at(-1)).toEqual({ [ROOM]: 2 })
  await online(connection)
  server.send(messageFrame(4), messageFrame(5))
  await expect.poll(positions).toEqual([2, 3, 4, 5])
})

test('a gap is closed without a new socket', async () => {
  const { connection, positions } = connect()
  await online(connection)
  const changes = [2, 3].map((position) => aMessage({ position }))
  server.onSync = () =>
    aSyncAnswer({ conversations: [{ id: ROOM, version: 3, changes, reset: false }] })
  server.send(messageFrame(3), messageFrame(4))
  await expect.poll(positions).toEqual([2, 3, 4])
  expect(server.upgrades).toBe(1)
})

test('a conversation that I am added to is joined with its first frame', async () => {
  const { connection, events } = connect()
  await online(connection)
  const added = [aConversation({ id: OTHER_ROOM, version: 7, lastPosition: 7 })]
  server.onSync = () => aSyncAnswer({ added })
  server.send(messageFrame(7, { conversationId: OTHER_ROOM }))
  await expect
    .poll(() => events.filter(({ type }) => type === 'joined'))
    .toMatchObject([{ initial: true }, { initial: false, conversation: { id: OTHER_ROOM } }])
})

test('conversations that an answer has no room for are found in the list, before all is known', async () => {
  const [first, second, third] = [ROOM, OTHER_ROOM, THIRD_ROOM].map((id) => aConversation({ id }))
  server.onSync = (known) =>
    aSyncAnswer(ROOM in known ? {} : { added: first ? [first] : [], more: true })
  const pages = [
    { items: [second], next: 'more' },
    { items: [third], next: null },
  ]
  server.routes['GET /api/conversations'] = (_, { url }) => ({
    status: 200,
    body: pages[url?.includes('cursor=more') ? 1 : 0],
  })
  const { connection, events } = connect()
  await online(connection)
  const joined = events.filter(({ type }) => type === 'joined')
  expect(joined).toMatchObject(
    [ROOM, OTHER_ROOM, THIRD_ROOM].map((id) => ({ initial: true, conversation: { id } })),
  )
})

test('messages of others are told as delivered, my own are not', async () => {
  const { connection, positions } = connect()
  await online(connection)
  server.send(messageFrame(2, { senderId: ALICE }))
  await expect.poll(positions).toEqual([2])
  server.send(messageFrame(3))
  await expect
    .poll(() => server.framesOf('delivered'))
    .toEqual([{ type: 'delivered', conversationId: ROOM, position: 3 }])
})

test('a refused token is refreshed once before the next socket', async () => {
  const { connection } = connect()
  await online(connection)
  server.goodToken = 'access.2'
  server.closeSockets(4401)
  await expect.poll(() => server.tokens).toEqual(['access.1', 'access.2'])
  await online(connection)
  expect(server.refreshes).toBe(1)
})

test('a refused upgrade is told from a server that is away, and refreshes the token', async () => {
  server.goodToken = 'access.2'
  const { connection } = connect()
  await online(connection)
  expect(server.refreshes).toBe(1)
  expect(server.tokens).toEqual(['access.2'])
})

test('a session that is over ends the connection', async () => {
  const { client, connection } = connect()
  await online(connection)
  server.routes['POST /api/users/refresh'] = () => problem(401, 'unauthenticated')
  server.closeSockets(4401)
  await ended(connection)
  expect(connection.state).toMatchObject({ why: 'unauthenticated' })
  expect(client.session).toBeNull()
})

test('a close code that forbids it is not followed by another socket', async () => {
  const { connection } = connect()
  await online(connection)
  server.closeSockets(4403)
  await ended(connection)
  expect(connection.state).toMatchObject({ why: 'refused', by: { code: 4403 } })
  expect(server.upgrades).toBe(1)
})

test('the socket is authenticated again before its token ends', async () => {
  const clock = new ManualClock()
  server.onFrame = (frame) => {
    if (frame.type === 'ping') server.send({ type: 'pong' })
  }
  const { connection } = connect({ clock, session: aSession(1, 60) })
  await online(connection)
  clock.advance(19_000)
  server.send({ type: 'pong' }, messageFrame(2))
  await expect.poll(() => server.framesOf('delivered')).toHaveLength(1)
  clock.advance(26_000)
  await expect
    .poll(() => server.framesOf('authenticate'))
    .toEqual([{ type: 'authenticate', accessToken: 'access.2' }])
  expect(server.upgrades).toBe(1)
})

test('messages sent offline go out in order once online', async () => {
  const { connection } = connect()
  server.onFrame = acknowledging()
  const sendings = ['one', 'two', 'three'].map((text) => connection.send(ROOM, text))
  const acks = await Promise.all(sendings.map(({ settled }) => settled))
  expect(acks.map(({ position }) => position)).toEqual([1, 2, 3])
  expect(server.framesOf('message').map(({ data }) => data)).toEqual(['one', 'two', 'three'])
})

test('a message that a lost socket left in doubt is sent again with its client id', async () => {
  const { connection } = connect()
  await online(connection)
  const acknowledge = acknowledging()
  server.onFrame = (frame, socket) => {
    if (server.upgrades === 1 && frame.type === 'message') socket.terminate()
    else acknowledge(frame, socket)
  }
  const { clientId, settled } = connection.send(ROOM, 'hello')
  expect((await settled).clientId).toBe(clientId)
  expect(server.framesOf('message').map((frame) => frame.clientId)).toEqual([clientId, clientId])
})

test('a refused message is told and can be discarded', async () => {
  const { connection, events } = connect()
  server.onFrame = (frame) => {
    if (frame.type === 'message') server.send(errorFrame(frame.clientId ?? '', 'invalid'))
  }
  const { clientId, settled } = connection.send(ROOM, 'hello')
  await expect(settled).rejects.toMatchObject({ code: 'invalid' })
  expect(events).toContainEqual(expect.objectContaining({ type: 'sendFailed', clientId }))
  expect(connection.outbox.discard(clientId)).toBe(true)
})

test('a read position given offline is told once online, and again until acknowledged', async () => {
  const { connection } = connect()
  connection.markRead(ROOM, 5)
  await expect.poll(() => server.framesOf('read')).toHaveLength(1)
  server.cut()
  await expect.poll(() => server.framesOf('read')).toHaveLength(2)
  const at = '2026-01-31T12:00:00.000Z'
  server.send({
    ...{ type: 'receipt', conversationId: ROOM, userId: ALICE, kind: 'read', position: 5, at },
  })
  server.send(messageFrame(6))
  await expect.poll(() => server.framesOf('delivered')).toHaveLength(1)
  server.cut()
  await expect.poll(() => server.upgrades).toBe(3)
  await online(connection)
  expect(server.framesOf('read')).toHaveLength(2)
})

test('a read position that is refused for now is told again on the same socket', async () => {
  let refusals = 2
  server.onFrame = ({ type }) => {
    if (type !== 'read' || refusals-- <= 0) return
    server.send({ type: 'error', code: 'overloaded', message: 'Try again.', retryable: true })
  }
  const { connection } = connect()
  await online(connection)
  connection.markRead(ROOM, 5)
  await expect.poll(() => server.framesOf('read'), { timeout: 5_000 }).toHaveLength(3)
  expect(server.upgrades).toBe(1)
})

test('the people watched are watched on every socket, typing is not repeated', async () => {
  const { connection } = connect()
  await online(connection)
  connection.watch([ALICE])
  connection.typing(ROOM)
  connection.typing(ROOM)
  await expect.poll(() => server.framesOf('typing')).toHaveLength(1)
  server.cut()
  await expect.poll(() => server.framesOf('watch')).toHaveLength(2)
})

test('an overloaded sync is tried again on the same socket', async () => {
  const sync = server.routes['POST /api/messages/sync']
  let refusals = 2
  server.routes['POST /api/messages/sync'] = (body, request) =>
    refusals-- > 0 || !sync ? problem(503, 'overloaded') : sync(body, request)
  const { connection } = connect()
  await online(connection)
  expect(server.upgrades).toBe(1)
})

test('closing leaves no socket and no timer, whatever it was doing', async () => {
  const clock = new ManualClock()
  const { connection } = connect({ clock })
  await online(connection)
  connection.send(ROOM, 'never acknowledged').settled.catch(() => {})
  connection.markRead(ROOM, 3)
  await connection.close()
  expect(connection.state).toMatchObject({ kind: 'ended', why: 'closed' })
  expect(clock.pending).toBe(0)
  await expect.poll(() => server.sockets.size).toBe(0)

  const offline = connect({ clock, url: 'http://127.0.0.1:9', random: () => 1 })
  await expect.poll(() => offline.connection.state.kind).toBe('offline')
  await offline.client.close()
  expect(clock.pending).toBe(0)
})
