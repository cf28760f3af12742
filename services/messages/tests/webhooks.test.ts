import { settle, startWebhookServer, type WebhookServer } from '@chatapp/dev-env'
import type { Conversation, FailedEvent, Webhook } from '@chatapp/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Booted, boot, group, type Person, send } from './boot.ts'

const HOUR_MS = 3_600_000

let chat: Booted
let server: WebhookServer
let alice: Person
let bob: Person
let room: Conversation
beforeAll(async () => {
  chat = await boot()
  await chat.messages.start()
  alice = await chat.join('alice')
  bob = await chat.join('bob')
})
afterAll(() => chat[Symbol.asyncDispose]())
beforeEach(async () => {
  server = await startWebhookServer()
  room = await group(alice, [bob])
})
afterEach(async () => {
  chat.setClock(0)
  await chat.admin`delete from messages.webhooks`
  await server[Symbol.asyncDispose]()
})

async function open(url = server.url): Promise<string> {
  const { body } = await alice.call<{ webhook: Webhook }>('POST', '/api/webhooks', {
    url,
    conversationId: room.id,
  })
  return body.webhook.id
}

async function look(id: string): Promise<Webhook> {
  const path = `/api/webhooks?conversationId=${room.id}`
  const { body } = await alice.call<{ items: Webhook[] }>('GET', path)
  const webhook = body.items.find((one) => one.id === id)
  if (!webhook) throw new Error('it is not in the list')
  return webhook
}

const problemOf = (id: string) =>
  settle('a delivery has failed', async () => (await look(id)).lastTry?.problem, 20_000)

test('what fails is tried again with the same id, later and later', async () => {
  server.answer = { status: 500 }
  const id = await open()
  await send(alice, room.id, 'hello')
  expect(await problemOf(id)).toBe('It answered 500.')
  const [first] = await chat.admin<{ pauses: boolean }[]>`
    select next_at - now() < interval '6.5 s' * 2 ^ (tries - 1) as pauses
    from messages.webhook_events`
  expect(first?.pauses).toBe(true)
  server.answer = { status: 204 }
  chat.setClock(HOUR_MS)
  await settle('it arrives', async () => (await look(id)).lastTry?.problem === null, 20_000)
  expect(await look(id)).toMatchObject({ waiting: 0, failed: 0, lastTry: { status: 204 } })
  expect(server.arrived.length).toBeGreaterThan(1)
  const ids = new Set(server.arrived.map(({ headers }) => headers['webhook-id']))
  expect([...ids]).toEqual([expect.stringMatching(/^evt_[\w-]{27}$/)])
})

test('a server that is gone is left alone until somebody switches its webhook on', async () => {
  server.answer = { status: 410 }
  const id = await open()
  await send(alice, room.id, 'is anybody there?')
  await settle('it is gone', async () => (await look(id)).state === 'gone', 20_000)
  expect(await look(id)).toMatchObject({ failed: 1 })
  await send(alice, room.id, 'not told')
  server.answer = { status: 200 }
  await alice.call('PATCH', `/api/webhooks/${id}`, { state: 'on' })
  await send(alice, room.id, 'told')
  await settle('the last one is told', () => server.arrived.length === 2, 20_000)
  expect(server.arrived.map(({ body }) => JSON.parse(body).data.message.data)).toEqual([
    'is anybody there?',
    'told',
  ])
})

test('a server that asks for time gets it, for all of its events', async () => {
  server.answer = { status: 429, headers: { 'retry-after': '120' } }
  const id = await open()
  await send(alice, room.id, 'first')
  expect(await problemOf(id)).toBe('It answered 429.')
  server.answer = { status: 200 }
  await send(alice, room.id, 'second')
  await settle('both wait', async () => (await look(id)).waiting === 2, 20_000)
  const [rest] = await chat.admin<{ seconds: number }[]>`
    select extract(epoch from rests_until - now())::float as seconds from messages.webhooks`
  expect(rest?.seconds).toBeGreaterThan(60)
  expect(server.arrived).toHaveLength(1)
  chat.setClock(200_000)
  await settle('both arrive', async () => (await look(id)).waiting === 0, 20_000)
  expect(server.arrived).toHaveLength(3)
})

test('a redirect is not followed', async () => {
  server.answer = { status: 302, headers: { location: `${server.url}inner` } }
  const id = await open(`${server.url}outer`)
  await send(alice, room.id, 'hello')
  expect(await problemOf(id)).toBe('It redirects (302); redirects are not followed.')
  expect(server.arrived.map(({ path }) => path)).toEqual(['/outer'])
})

test('a server that hangs is given up after ten seconds, and others are told', async () => {
  server.answer = 'hang'
  await using other = await startWebhookServer()
  const id = await open()
  await open(other.url)
  const startedAt = performance.now()
  await send(alice, room.id, 'hello')
  await settle('the other one is told', () => other.arrived.length === 1, 20_000)
  expect(await problemOf(id)).toBe('There was no answer: none came within 10 s.')
  expect(performance.now() - startedAt).toBeGreaterThan(9_000)
})

test('where private addresses are not allowed none is reached, by whatever name', async () => {
  await using closed = await boot({ allowPrivateAddresses: false })
  await closed.messages.start()
  const carol = await closed.join('carol')
  const { id: conversationId } = await group(carol, [])
  const { port } = new URL(server.url)
  const create = (url: string) => carol.call('POST', '/api/webhooks', { url, conversationId })
  expect(await create(server.url)).toMatchObject({ status: 400 })
  for (const host of ['127.0.0.1', '[::1]', 'localhost', '169.254.169.254'])
    expect(await create(`https://${host}:${port}/`)).toMatchObject({ status: 201 })
  await send(carol, conversationId, 'hello')
  const path = `/api/webhooks?conversationId=${conversationId}`
  const problems = async () => {
    const { body } = await carol.call<{ items: Webhook[] }>('GET', path)
    return body.items.map(({ lastTry }) => lastTry?.problem)
  }
  await settle('all are tried', async () => !(await problems()).includes(undefined), 20_000)
  const isPrivate = 'The address is private, and ALLOW_PRIVATE_ADDRESSES is off.'
  expect((await problems()).toSorted()).toEqual([
    'The address is link-local; none of these is ever called.',
    ...[isPrivate, isPrivate, isPrivate],
  ])
  expect(server.arrived).toEqual([])
})

test('what is not delivered in three days is given up, listed, and delivered on request', async () => {
  server.answer = { status: 503 }
  const id = await open()
  const message = await send(alice, room.id, 'hello')
  await problemOf(id)
  chat.setClock(73 * HOUR_MS)
  await settle('it is given up', async () => (await look(id)).failed === 1, 20_000)
  const list = () => alice.call<{ items: FailedEvent[] }>('GET', `/api/webhooks/${id}/failed`)
  const { items } = (await list()).body
  expect(items).toMatchObject([
    { type: 'message.created', position: message.position, status: 503 },
  ])
  server.answer = { status: 200 }
  const again = await alice.call('POST', `/api/webhooks/${id}/failed/again`)
  expect(again.body).toEqual({ events: 1 })
  await settle('it is delivered', async () => (await look(id)).lastTry?.status === 200, 20_000)
  expect((await list()).body.items).toEqual([])
  expect(server.arrived.at(-1)?.headers['webhook-id']).toBe(items[0]?.id)
})

test('what was unsent meanwhile is delivered without its text', async () => {
  server.answer = { status: 500, headers: { 'retry-after': '3600' } }
  const id = await open()
  const message = await send(alice, room.id, 'a secret')
  await problemOf(id)
  await alice.call('PUT', `/api/messages/unsent/${message.id}`)
  server.answer = { status: 200 }
  server.arrived.length = 0
  chat.setClock(2 * HOUR_MS)
  await settle('both arrive', () => server.arrived.length === 2, 20_000)
  expect(server.arrived.map(({ body }) => JSON.parse(body).type).sort()).toEqual([
    'message.created',
    'message.unsent',
  ])
  for (const { body } of server.arrived) expect(body).not.toContain('a secret')
})

test('nothing is told twice under two ids, however often the outbox leads to it', async () => {
  const id = await open()
  await send(alice, room.id, 'once')
  await settle('it arrives', async () => (await look(id)).lastTry?.status === 204, 20_000)
  await chat.admin`
    insert into messages.outbox values ('webhooks', ${crypto.randomUUID()}, array[${room.id}]::uuid[],
      array[0], array[1000], now())`
  await send(alice, room.id, 'twice')
  await settle('the next one arrives', () => server.arrived.length === 2, 20_000)
  expect(server.arrived.map(({ body }) => JSON.parse(body).data.message.data)).toEqual([
    'once',
    'twice',
  ])
})

test('of many that are made at once ten are kept', async () => {
  const make = () =>
    alice.call('POST', '/api/webhooks', { url: server.url, conversationId: room.id })
  const answers = await Promise.all(Array.from({ length: 25 }, make))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([...Array(10).fill(201), ...Array(15).fill(409)])
  const path = `/api/webhooks?conversationId=${room.id}`
  expect((await alice.call<{ items: Webhook[] }>('GET', path)).body.items).toHaveLength(10)
})

test('the queue is measured', async () => {
  server.answer = { status: 500 }
  const id = await open()
  await send(alice, room.id, 'hello')
  await problemOf(id)
  const metrics = await chat.metrics.metrics()
  expect(metrics).toContain('chatapp_messages_webhook_queue_rows{state="waiting"} 1')
  expect(metrics).toMatch(/chatapp_messages_webhook_tries_total\{outcome="again"\} [1-9]/)
})
