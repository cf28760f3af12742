import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from '../src/client.ts'
import { NetworkError, UnexpectedAnswer } from '../src/http/errors.ts'
import type { SavedSession } from '../src/http/tokens.ts'
import { ALICE, aConversation, aMessage, aSession, OTHER_ROOM, ROOM } from './examples.ts'
import { problem, ScriptedServer } from './scripted-server.ts'

let server: ScriptedServer
beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(() => server[Symbol.asyncDispose]())

const signedIn = () => createClient({ url: server.url, session: aSession() })

test('signing in keeps the session and uses its token', async () => {
  const kept: (SavedSession | null)[] = []
  const client = createClient({ url: server.url, onSession: (s) => void kept.push(s) })
  await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' })
  server.routes['POST /api/users/login'] = () => ({ status: 200, body: aSession(5) })
  server.goodToken = 'access.5'
  await client.users.login({ username: 'alice', password: 'correct horse' })
  expect((await client.users.me()).id).toBe(ALICE)
  expect(kept.map((session) => session?.accessToken)).toEqual(['access.5'])
})

test('a problem document becomes a ChatError with the id of the request', async () => {
  server.routes[`GET /api/conversations/${ROOM}`] = () =>
    problem(429, 'rate-limited', { 'retry-after': '7' })
  await expect(signedIn().conversations.get(ROOM)).rejects.toMatchObject({
    ...{ code: 'rate-limited', requestId: 'req-1', retryAfter: 7, isRetryable: true },
  })
})

test('a refused token is refreshed once for all calls, which are then repeated', async () => {
  server.goodToken = 'access.unknown'
  const client = signedIn()
  await Promise.all([client.users.me(), client.users.me(), client.users.me()])
  expect(server.refreshes).toBe(1)
})

test('a session that has ended is forgotten', async () => {
  server.goodToken = 'access.unknown'
  server.routes['POST /api/users/refresh'] = () => problem(401, 'unauthenticated')
  const client = signedIn()
  await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(client.session).toBeNull()
})

test('no answer is a NetworkError, which may be retried', async () => {
  const client = createClient({ url: 'http://127.0.0.1:9', session: aSession() })
  const error: unknown = await client.users.me().catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(NetworkError)
  expect(error).toMatchObject({ isRetryable: true })
})

test('the page of a proxy is overload, and a foreign answer is unexpected', async () => {
  server.routes['GET /api/user'] = () => ({ status: 502, body: '<html>' })
  await expect(signedIn().users.me()).rejects.toMatchObject({ code: 'overloaded' })
  server.routes['GET /api/user'] = () => ({ status: 200, body: { hello: 'world' } })
  await expect(signedIn().users.me()).rejects.toBeInstanceOf(UnexpectedAnswer)
})

test('lists can be walked through page after page', async () => {
  server.routes['GET /api/conversations'] = (_body, { url }) => {
    const isSecond = url?.endsWith('?cursor=second') ?? false
    const item = aConversation({ id: isSecond ? OTHER_ROOM : ROOM })
    return { status: 200, body: { items: [item], next: isSecond ? null : 'second' } }
  }
  const ids: string[] = []
  for await (const { id } of signedIn().conversations.all()) ids.push(id)
  expect(ids).toEqual([ROOM, OTHER_ROOM])
})

test('parameters are escaped into the path', async () => {
  const emoji = encodeURIComponent('👍')
  server.routes[`PUT /api/messages/reaction/m%2F1/${emoji}`] = () => ({
    status: 200,
    body: aMessage({ position: 1 }),
  })
  expect((await signedIn().messages.react('m/1', '👍')).position).toBe(1)
})
