import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Client, type ClientOptions, createClient } from '../src/client.ts'
import type { Connection } from '../src/live/connection.ts'
import { aSession } from './examples.ts'
import { ManualClock } from './manual-clock.ts'
import { problem, ScriptedServer } from './scripted-server.ts'

let server: ScriptedServer
const clients: Client[] = []

beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
  await server[Symbol.asyncDispose]()
})

const isOnline = (connection: Connection) =>
  expect.poll(() => connection.state.kind, { interval: 5 }).toBe('online')

async function online(options: Partial<ClientOptions>): Promise<Connection> {
  const client = createClient({
    ...{ url: server.url, session: aSession(), random: () => 0, ...options },
  })
  clients.push(client)
  const connection = client.connect()
  await isOnline(connection)
  return connection
}

test('offline tells when the next try is, and retryNow() does not wait for it', async () => {
  const clock = new ManualClock()
  const connection = await online({ clock, random: () => 0.5 })
  server.closeSockets(4000)
  await expect.poll(() => connection.state).toMatchObject({ kind: 'offline', why: { code: 4000 } })
  expect(connection.state).toMatchObject({ retryAt: clock.now() + 250 })
  connection.retryNow()
  await isOnline(connection)
})

test('without a network there is no new socket before a request has found the server', async () => {
  const clock = new ManualClock()
  const connection = await online({ clock, random: () => 0.5 })
  const asked: string[] = []
  const answer = server.routes['GET /api/user']
  server.routes['GET /api/user'] = (body, request) => {
    asked.push('who am I')
    return asked.length < 3 || !answer ? problem(503, 'overloaded') : answer(body, request)
  }
  connection.networkLost()
  for (const tries of [1, 2, 3]) {
    await expect.poll(() => connection.state.kind).toBe('offline')
    expect(server.upgrades).toBe(1)
    connection.retryNow()
    await expect.poll(() => asked).toHaveLength(tries)
  }
  await isOnline(connection)
  expect(server.upgrades).toBe(2)
})

test('who is in a hurry does not wait for a try that hangs, nor after it', async () => {
  const clock = new ManualClock()
  const connection = await online({ clock, random: () => 1 })
  const { promise: never, resolve: letGo } = Promise.withResolvers<void>()
  const answer = server.routes['GET /api/user']
  let asked = 0
  server.routes['GET /api/user'] = async (body, request) => {
    if (++asked === 1) await never
    return answer?.(body, request) ?? problem(404, 'not-found')
  }
  connection.networkLost()
  await expect.poll(() => connection.state.kind).toBe('offline')
  connection.retryNow()
  await expect.poll(() => asked).toBe(1)
  connection.retryNow()
  await isOnline(connection)
  letGo()
})

test('trying again begins the back-off anew', async () => {
  const clock = new ManualClock()
  const connection = await online({ clock, random: () => 1 })
  server.routes['GET /api/user'] = () => problem(503, 'overloaded')
  connection.networkLost()
  const pauseMs = () =>
    connection.state.kind === 'offline' ? connection.state.retryAt - clock.now() : null
  for (const ms of [500, 1_000, 2_000]) {
    await expect.poll(pauseMs).toBe(ms)
    clock.advance(ms)
  }
  await expect.poll(pauseMs).toBe(4_000)
  connection.retryNow()
  await expect.poll(pauseMs).toBe(500)
})

test('an open socket that does not answer soon when asked to is given up', async () => {
  const clock = new ManualClock()
  const connection = await online({ clock })
  connection.retryNow()
  await expect.poll(() => server.framesOf('ping')).toHaveLength(1)
  clock.advance(5_000)
  await expect.poll(() => connection.state.kind).toBe('offline')
})

test('a silent socket is given up for a new one', async () => {
  const clock = new ManualClock()
  const connection = await online({ clock })
  clock.advance(20_000)
  await expect.poll(() => server.framesOf('ping')).toHaveLength(1)
  clock.advance(15_000)
  await expect.poll(() => connection.state.kind).toBe('offline')
  clock.advance(0)
  await expect.poll(() => server.upgrades).toBe(2)
})
