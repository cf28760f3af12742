import { once } from 'node:events'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { routes } from '@chatapp/protocol'
import { expect, onTestFinished, test } from 'vitest'
import {
  Answer,
  bindRoute,
  createHttpServer,
  createLogger,
  createMetrics,
  forwardRoutes,
  serveMetrics,
  Targets,
} from '../src/index.ts'

const log = createLogger('silent')
const serviceToken = 'the-token-of-the-services-in-tests'
const aliceId = '01890000-0000-7000-8000-000000000001'
const alice = {
  ...{ id: aliceId, username: 'alice', displayName: 'Alice', avatarUrl: null, bio: '' },
  ...{ email: null, emailVerified: false, createdAt: '2026-01-01T00:00:00.000Z', preferences: {} },
}
const anyone = {
  verify: async () => ({ userId: aliceId, sessionId: aliceId, expiresAt: Infinity }),
  start: async () => {},
  [Symbol.asyncDispose]: async () => {},
}
const authorization = 'Bearer a-token'

/** A service and a gateway before it; what the service was asked is kept. */
async function boot() {
  const asked: { ip: string; calledAt: string; headers: object; bytes?: number }[] = []
  const service = createHttpServer({ log, tokens: anyone, trustProxy: { serviceToken } })
  const binding = { app: service, tokens: anyone }
  bindRoute(binding, routes.getOwnUser, async ({ ip, calledAt, headers }) => {
    asked.push({ ip, calledAt, headers })
    return alice
  })
  bindRoute(binding, routes.setAvatar, async ({ ip, calledAt, headers, body }) => {
    asked.push({ ip, calledAt, headers, bytes: body.length })
    return alice
  })
  bindRoute(binding, routes.webLogout, async () => {
    return new Answer(204, undefined, { 'set-cookie': 'chatapp=; Max-Age=0' })
  })
  const url = await service.listen({ port: 0, host: '127.0.0.1' })
  const targets = new Targets('users', { urls: [url], log })
  const gateway = createHttpServer({ log, tokens: anyone, trustProxy: ['loopback'] })
  const forwarded = [routes.getOwnUser, routes.setAvatar, routes.webLogout]
  await forwardRoutes({ app: gateway, tokens: anyone }, forwarded, { targets, serviceToken })
  const entrance = await gateway.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    await gateway.close()
    await targets[Symbol.asyncDispose]()
    await service.close()
  })
  return { asked, url, entrance }
}

test('the address of a person is passed on, and believed from a gateway alone', async () => {
  const { asked, url, entrance } = await boot()
  const headers = { authorization, 'x-forwarded-for': '203.0.113.7' }
  await fetch(`${entrance}/api/user`, { headers: { ...headers, 'x-forwarded-proto': 'https' } })
  await fetch(`${url}/api/user`, { headers })
  await fetch(`${url}/api/user`, { headers: { ...headers, 'x-chatapp-service-token': 'a guess' } })
  expect(asked.map(({ ip }) => ip)).toEqual(['203.0.113.7', '127.0.0.1', '127.0.0.1'])
  expect(asked[0]?.calledAt).toBe(entrance.replace('http:', 'https:'))
})

test('headers about the connection, and those that are ours to write, do not get through', async () => {
  const { asked, entrance } = await boot()
  const asking = request(`${entrance}/api/user`, {
    headers: {
      ...{ authorization, te: 'trailers', 'proxy-authorization': 'Basic x', cookie: 'a=b' },
      ...{ connection: 'keep-alive, x-private', 'x-private': '1', 'x-request-id': 'request-1' },
      ...{ 'x-chatapp-service-token': 'a guess', forwarded: 'for=203.0.113.9' },
    },
  })
  asking.end()
  const [answer] = await once(asking, 'response')
  await text(answer)
  const [{ headers } = { headers: {} }] = asked
  expect(headers).toMatchObject({
    ...{ authorization, cookie: 'a=b', 'x-request-id': 'request-1' },
    'x-chatapp-service-token': serviceToken,
  })
  for (const name of ['te', 'proxy-authorization', 'x-private', 'forwarded'])
    expect(headers).not.toHaveProperty(name)
  expect(answer.headers['x-request-id']).toBe('request-1')
})

test('an upload runs through, and ends where the route’s limit is', async () => {
  const { asked, entrance } = await boot()
  const upload = (size: number, isKnown: boolean) => {
    const bytes = Buffer.alloc(size, 1)
    const chunks = Array.from({ length: Math.ceil(size / 65_536) }, (_, i) =>
      bytes.subarray(i * 65_536, (i + 1) * 65_536),
    )
    return fetch(`${entrance}/api/user/avatar`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'image/png' },
      ...(isKnown ? { body: bytes } : { body: Readable.toWeb(Readable.from(chunks)) as BodyInit }),
      duplex: 'half',
    } as RequestInit)
  }
  const most = routes.setAvatar.upload.maxBytes
  for (const isKnown of [true, false]) {
    expect((await upload(most, isKnown)).status).toBe(200)
    const refused = await upload(most + 1, isKnown)
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({ code: 'too-large' })
  }
  expect(asked.map(({ bytes }) => bytes)).toEqual([most, most])
})

test('an answer without a body keeps its cookies', async () => {
  const { entrance } = await boot()
  const answer = await fetch(entrance + routes.webLogout.path, { method: routes.webLogout.method })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, 'chatapp=; Max-Age=0'])
})

test('metrics of a service are not for those for whom a proxy asks', async () => {
  const service = createHttpServer({ log, tokens: anyone, trustProxy: { serviceToken } })
  onTestFinished(() => service.close())
  serveMetrics(service, { metrics: createMetrics(), token: undefined })
  const url = `${await service.listen({ port: 0, host: '127.0.0.1' })}/metrics`
  expect((await fetch(url)).status).toBe(200)
  const passedOn = { headers: { 'x-forwarded-for': '203.0.113.7' } }
  expect((await fetch(url, passedOn)).status).toBe(404)
})
