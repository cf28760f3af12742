import { once } from 'node:events'
import { connect } from 'node:net'
import { ChatError, routes, type UsersApi, usersCalls } from '@chatapp/protocol'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  bindRoute,
  createHttpServer,
  createLogger,
  createUsersClient,
  type HttpServer,
  serveCalls,
  serveHealth,
  Targets,
} from '../src/index.ts'

const log = createLogger('silent')
const serviceToken = 'token/of+the-services=='
const aliceId = '01890000-0000-7000-8000-000000000001'
const alice = {
  user: { id: aliceId, username: 'alice', displayName: 'Alice', avatarUrl: null, bio: '' },
  hidesReads: false,
  isAdmin: false,
}

const anyone = {
  verify: async () => ({ userId: aliceId, sessionId: aliceId, expiresAt: Infinity }),
  start: async () => {},
  [Symbol.asyncDispose]: async () => {},
}

/** A users service that answers from a list, in this process but behind a port. */
async function serve(api: Partial<UsersApi>, port = 0) {
  const app = createHttpServer({ log, tokens: anyone })
  const unused = () => Promise.reject(new Error('nobody asks this here'))
  const whole = {
    profiles: unused,
    idsByUsername: unused,
    waitingMails: unused,
    mailsTaken: unused,
    openMail: unused,
    mailboxes: unused,
    signingKeys: unused,
    endedSessions: unused,
    liveSessions: unused,
  }
  serveHealth({ app, tokens: anyone }, { services: [], log, isDraining: () => false })
  const served = { service: 'users', calls: usersCalls, serviceToken, log }
  serveCalls<UsersApi>(app, { ...served, api: { ...whole, ...api } })
  const url = await app.listen({ port, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  return { app, url, port: Number(new URL(url).port) }
}

function clientOf(urls: string[], token = serviceToken): UsersApi {
  const targets = new Targets('users', { urls, log })
  onTestFinished(() => targets[Symbol.asyncDispose]())
  return createUsersClient({ targets, serviceToken: token })
}

async function kill(app: HttpServer): Promise<void> {
  app.server.closeAllConnections()
  await app.close()
}

test('answers and errors arrive as they were given', async () => {
  const refusal = new ChatError('invalid', 'userIds: no', {
    errors: [{ path: 'userIds', message: 'no' }],
    retryAfter: 7,
  })
  const { url } = await serve({
    profiles: async (ids) => (ids.length > 0 ? [alice] : Promise.reject(refusal)),
  })
  const users = clientOf([url])
  expect(await users.profiles([aliceId])).toEqual([alice])
  await expect(users.profiles([])).rejects.toMatchObject({
    code: 'invalid',
    message: 'userIds: no',
    errors: [{ path: 'userIds', message: 'no' }],
    retryAfter: 7,
  })
})

test('what went wrong inside stays inside', async () => {
  const { url } = await serve({
    endedSessions: () => Promise.reject(new Error('password of the database: 123')),
  })
  await expect(clientOf([url]).endedSessions()).rejects.toMatchObject({
    code: 'internal',
    message: expect.not.stringContaining('123'),
  })
})

test('an argument of the wrong form is refused before it is looked at', async () => {
  const profiles = vi.fn(async () => [alice])
  const { url } = await serve({ profiles })
  await expect(clientOf([url]).profiles(['no id'])).rejects.toMatchObject({ code: 'invalid' })
  expect(profiles).not.toHaveBeenCalled()
})

test('only who knows the service token is answered', async () => {
  const endedSessions = vi.fn(async () => [])
  const { url } = await serve({ endedSessions })
  const call = (headers: Record<string, string>) =>
    fetch(`${url}/internal/users/endedSessions`, {
      method: 'POST',
      body: '{"items":[[]]}',
      headers: { 'content-type': 'application/json', ...headers },
    })
  for (const authorization of ['', 'Bearer wrong', `Bearer ${serviceToken}x`, serviceToken]) {
    expect((await call({ authorization })).status).toBe(401)
  }
  expect(endedSessions).not.toHaveBeenCalled()
  expect((await fetch(`${url}/internal/users/nothing`)).status).toBe(404)
})

test('a dead process is passed over, and asked again once it answers', async () => {
  const answered: string[] = []
  const answering = (name: string) => ({
    endedSessions: async () => {
      answered.push(name)
      return []
    },
  })
  const one = await serve(answering('one'))
  const two = await serve(answering('two'))
  const users = clientOf([one.url, two.url])
  for (let i = 0; i < 4; i++) await users.endedSessions()
  expect(new Set(answered)).toEqual(new Set(['one', 'two']))
  await kill(one.app)
  answered.length = 0
  for (let i = 0; i < 6; i++) await users.endedSessions()
  expect(new Set(answered)).toEqual(new Set(['two']))
  await serve(answering('one'), one.port)
  await vi.waitFor(
    async () => {
      await users.endedSessions()
      expect(answered).toContain('one')
    },
    { timeout: 10_000 },
  )
})

test('a process that refuses a call stays in use, and the call is made elsewhere', async () => {
  const warnings: unknown[] = []
  const noticing = createLogger('warn', { write: (line) => void warnings.push(line) })
  const other = createHttpServer({ log, tokens: anyone })
  const otherUrl = await other.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => other.close())
  const { url } = await serve({ endedSessions: async () => [aliceId] })
  const targets = new Targets('users', { urls: [otherUrl, url], log: noticing })
  onTestFinished(() => targets[Symbol.asyncDispose]())
  const users = createUsersClient({ targets, serviceToken })
  for (let i = 0; i < 4; i++) expect(await users.endedSessions()).toEqual([aliceId])
  expect(warnings).toEqual([])
})

test('a call waits for a process that restarts', async () => {
  const { app, url, port } = await serve({ endedSessions: async () => [] })
  const users = clientOf([url])
  await users.endedSessions()
  await kill(app)
  const answer = users.endedSessions()
  await serve({ endedSessions: async () => [aliceId] }, port)
  expect(await answer).toEqual([aliceId])
})

test('when nobody answers, the caller is told to come back', async () => {
  const { app, url } = await serve({})
  await kill(app)
  await expect(clientOf([url]).endedSessions()).rejects.toMatchObject({
    code: 'overloaded',
    retryAfter: 1,
  })
})

test('calls take the id and the trace of the request that they are made for', async () => {
  const seen: unknown[] = []
  const { app: far, url } = await serve({ endedSessions: async () => [] })
  far.server.on('request', ({ headers }) =>
    seen.push([headers['x-request-id'], headers.traceparent]),
  )
  const users = clientOf([url])
  const near = createHttpServer({ log, tokens: anyone })
  bindRoute({ app: near, tokens: anyone }, routes.health, async () => {
    await users.endedSessions()
    return { status: 'ok' as const }
  })
  onTestFinished(() => near.close())
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await near.inject({ url: '/healthz', headers: { 'x-request-id': 'request-1', traceparent } })
  expect(seen).toEqual([['request-1', traceparent]])
})

test('closing leaves no connection behind', async () => {
  const { app, url } = await serve({ endedSessions: async () => [] })
  const targets = new Targets('users', { urls: [url], log })
  await createUsersClient({ targets, serviceToken }).endedSessions()
  await targets[Symbol.asyncDispose]()
  const open = () =>
    new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)))
  await vi.waitFor(async () => expect(await open()).toBe(0))
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
})

test('connections are made anew after their time, and what is under way on one is finished', async () => {
  const slow = Promise.withResolvers<void>()
  const { app, url } = await serve({
    profiles: async () => [alice],
    endedSessions: async () => {
      await slow.promise
      return [aliceId]
    },
  })
  let connections = 0
  app.server.on('connection', () => connections++)
  const targets = new Targets('users', { urls: [url], log, connectionLifeMs: 10 })
  onTestFinished(() => targets[Symbol.asyncDispose]())
  const users = createUsersClient({ targets, serviceToken })
  const underWay = users.endedSessions()
  await vi.waitFor(async () => {
    expect(await users.profiles([aliceId])).toEqual([alice])
    expect(connections).toBeGreaterThan(3)
  }, 20_000)
  slow.resolve()
  expect(await underWay).toEqual([aliceId])
})
