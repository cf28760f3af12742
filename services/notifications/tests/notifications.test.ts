import { createECDH } from 'node:crypto'
import { createTestDatabase, makeFolder, removeFolder } from '@chatapp/dev-env'
import {
  connectPostgres,
  createHttpServer,
  createId,
  createInProcessBus,
  createLogger,
  createMetrics,
  migrate,
  type TokenVerifier,
} from '@chatapp/service-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/db/schema.ts'
import { createNotifications, migrations } from '../src/index.ts'
import { fromPrivateKey, keepVapidKeys } from '../src/vapid-keys.ts'
import { unasked, unread } from './engine.ts'

const alice = createId()
const bob = createId()
const keys = {
  p256dh: Buffer.alloc(65, 4).toString('base64url'),
  auth: Buffer.alloc(16, 1).toString('base64url'),
}
/** Later with each look, so that what comes after another thing has a later time. */
let clock = Date.now()
let chat: Awaited<ReturnType<typeof boot>>

beforeAll(async () => {
  chat = await boot()
})
afterAll(() => chat.stop())

async function boot() {
  const database = await createTestDatabase()
  const folder = await makeFolder()
  const bus = createInProcessBus()
  const notifications = await createNotifications({
    database: database.targetOf('notifications'),
    dataDirectory: folder,
    metrics: createMetrics(),
    log: createLogger('silent'),
    bus,
    ...{ users: unasked, messages: unread, now: () => clock++ },
    config: { allowPrivateAddresses: false, payloadMax: 'full', contact: 'https://chat.example' },
  })
  const tokens: TokenVerifier = {
    verify: async (userId) => ({ userId, sessionId: userId, expiresAt: Number.MAX_SAFE_INTEGER }),
    start: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
  const app = createHttpServer({ log: createLogger('silent'), tokens })
  notifications.bind({ app, tokens })
  return {
    async call(
      userId: string,
      request: { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: string; payload?: object },
    ) {
      const answer = await app.inject({
        ...request,
        url: `/api/notifications/${request.url}`,
        headers: { authorization: `Bearer ${userId}` },
      })
      return { status: answer.statusCode, body: answer.body ? answer.json() : undefined }
    },
    async stop() {
      await app.close()
      await notifications[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await removeFolder(folder)
    },
  }
}

const subscribe = (userId: string, endpoint: string) =>
  chat.call(userId, { method: 'POST', url: 'subscriptions', payload: { endpoint, keys } })

test('the same endpoint is one subscription, of whoever subscribed last', async () => {
  const first = await subscribe(alice, 'https://push.example/1')
  expect(first.status).toBe(201)
  expect(await subscribe(alice, 'https://push.example/1')).toEqual({
    status: 200,
    body: first.body,
  })
  expect(await subscribe(bob, 'https://push.example/1')).toEqual({ status: 200, body: first.body })
  expect((await chat.call(alice, { method: 'GET', url: 'subscriptions' })).body.items).toEqual([])
  expect(
    (await chat.call(alice, { method: 'DELETE', url: `subscriptions/${first.body.id}` })).status,
  ).toBe(404)
  expect(
    (await chat.call(bob, { method: 'DELETE', url: `subscriptions/${first.body.id}` })).status,
  ).toBe(204)
  expect(
    (await chat.call(bob, { method: 'DELETE', url: `subscriptions/${first.body.id}` })).status,
  ).toBe(404)
})

test('of more than twenty devices the one that was not seen for longest is forgotten', async () => {
  const carol = createId()
  const endpointOf = (i: number) => `https://push.example/carol/${i}`
  for (let i = 1; i <= 20; i++) await subscribe(carol, endpointOf(i))
  // The first one is seen again: then the second is the oldest.
  await subscribe(carol, endpointOf(1))
  await subscribe(carol, endpointOf(21))
  const { body } = await chat.call(carol, { method: 'GET', url: 'subscriptions?limit=50' })
  const known = body.items.map((one: { endpoint: string }) => one.endpoint)
  expect(known).toHaveLength(20)
  expect(known).toContain(endpointOf(1))
  expect(known).not.toContain(endpointOf(2))
})

test('endpoints and keys that no browser gives are refused by field', async () => {
  for (const [payload, path] of [
    [{ endpoint: 'http://push.example/1', keys }, 'endpoint'],
    [{ endpoint: 'ftp://push.example/1', keys }, 'endpoint'],
    [{ endpoint: 'none', keys }, 'endpoint'],
    [{ endpoint: 'https://push.example/1', keys: { ...keys, auth: 'x' } }, 'keys.auth'],
    [{ endpoint: 'https://push.example/1', keys: { ...keys, more: 'x' } }, 'keys.more'],
  ] as const) {
    const { status, body } = await chat.call(alice, {
      method: 'POST',
      url: 'subscriptions',
      payload,
    })
    expect([status, body.errors[0].path]).toEqual([400, path])
  }
})

test('preferences begin with defaults and keep what was chosen', async () => {
  const get = () => chat.call(alice, { method: 'GET', url: 'preferences' })
  const put = (payload: object) => chat.call(alice, { method: 'PUT', url: 'preferences', payload })
  expect((await get()).body).toEqual({
    payload: 'full',
    payloadMax: 'full',
    doNotDisturb: null,
    digest: true,
    digestEvery: 'hour',
    keywords: [],
  })
  const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }
  await put({ payload: 'sender', keywords: ['deploy'] })
  expect((await put({ doNotDisturb: night })).body).toEqual({
    payload: 'sender',
    payloadMax: 'full',
    doNotDisturb: night,
    digest: true,
    digestEvery: 'hour',
    keywords: ['deploy'],
  })
  expect((await put({ doNotDisturb: 'off' })).body.doNotDisturb).toBeNull()
  for (const bad of [
    { payload: 'all' },
    { doNotDisturb: { ...night, timeZone: 'Mars' } },
    { doNotDisturb: { ...night, from: '25:00' } },
    { digest: 1 },
    { digestEvery: 'week' },
    { x: 1 },
  ]) {
    expect((await put(bad)).status).toBe(400)
  }
  expect((await get()).body.payload).toBe('sender')
})

test('the VAPID key is a P-256 point', async () => {
  const { body } = await chat.call(alice, { method: 'GET', url: 'vapid-public-key' })
  expect(Buffer.from(body.key, 'base64url')).toHaveLength(65)
})

test('a private key that was stored without its first zero still serves', async () => {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.alloc(31, 7))
  await using database = await createTestDatabase()
  const stored = await connectPostgres<Database>({
    target: database.targetOf('notifications'),
    name: 'tests',
  })
  await using _ = stored
  await migrate(database.targetOf('notifications'), 'notifications', migrations)
  await stored.sql`
    insert into notifications.vapid_keys (public_key, private_key)
    values (${pair.getPublicKey('base64url')}, ${Buffer.alloc(31, 7).toString('base64url')})`
  const { privateKey, publicKey } = await keepVapidKeys(stored.db, '/nowhere')
  expect(Buffer.from(privateKey, 'base64url')).toEqual(
    Buffer.concat([Buffer.alloc(1), Buffer.alloc(31, 7)]),
  )
  expect(fromPrivateKey(privateKey).publicKey).toBe(publicKey)
})
