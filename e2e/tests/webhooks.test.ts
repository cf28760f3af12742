import {
  type Cast,
  cast,
  makeAdmin,
  type Person,
  type Product,
  settle,
  startProduct,
  startWebhookServer,
  type WebhookServer,
} from '@chatapp/dev-env'
import { type WebhookBody, webhookBodySchema } from '@chatapp/protocol'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
let people: Cast
let server: WebhookServer
beforeAll(async () => {
  product = await startProduct({ env: { ALLOW_PRIVATE_ADDRESSES: 'on' } })
  people = await cast(product)
  server = await startWebhookServer()
})
afterAll(async () => {
  await product[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const idOf = (person: Person) => person.session.user.id

const bodies = (path: string): WebhookBody[] =>
  server.arrived
    .filter((one) => one.path === path)
    .map(({ body }) => webhookBodySchema.parse(JSON.parse(body)))

test('a webhook is told what happens in its group, signed as Standard Webhooks has it', async () => {
  const { alice, bob, carol } = people
  const room = await alice.client.conversations.create({ title: 'Camp', userIds: [idOf(bob)] })
  const send = (data: string) => bob.client.messages.send({ conversationId: room.id, data })
  await send('before')
  const { secret, webhook } = await alice.client.webhooks.create({
    url: `${server.url}group`,
    conversationId: room.id,
    events: ['message.created', 'message.edited', 'message.unsent', 'member.joined', 'member.left'],
  })
  const arrives = (count: number) =>
    settle(`${count} events arrive`, () => bodies('/group').length === count, 20_000)
  const message = await send('hello')
  await arrives(1)
  await bob.client.messages.edit(message.id, 'hello there')
  await arrives(2)
  await bob.client.messages.unsend(message.id)
  await arrives(3)
  await alice.client.conversations.addMembers(room.id, [idOf(carol)])
  await arrives(4)
  await carol.client.conversations.leave(room.id)
  await arrives(5)
  const told = bodies('/group')
  expect(told).toMatchObject([
    { type: 'message.created', data: { message: { data: 'hello' }, sender: { username: 'bob' } } },
    { type: 'message.edited', data: { message: { id: message.id, data: 'hello there' } } },
    { type: 'message.unsent', data: { message: { id: message.id, data: null } } },
    { type: 'member.joined', data: { users: [{ username: 'carol' }], by: { username: 'alice' } } },
    { type: 'member.left', data: { users: [{ username: 'carol' }], by: { username: 'carol' } } },
  ])
  expect(
    told.every(({ data }) => 'conversation' in data && data.conversation.title === 'Camp'),
  ).toBe(true)
  const verifier = new Webhook(secret)
  for (const { headers, body } of server.arrived.filter(({ path }) => path === '/group')) {
    const given = headers as Record<string, string>
    expect(verifier.verify(body, given)).toEqual(JSON.parse(body))
    expect(() => verifier.verify(body.replace('{', '{ '), given)).toThrow('No matching signature')
  }
  expect(
    JSON.stringify(await alice.client.webhooks.list({ conversationId: room.id })),
  ).not.toContain(secret)
  await alice.client.webhooks.delete(webhook.id)
})

test('only admins of the installation see to what hears all groups; it hears no direct words', async () => {
  const { alice, bob, carol, dan } = people
  const everything = { url: `${server.url}all` }
  await expect(dan.client.webhooks.create(everything)).rejects.toMatchObject({ code: 'forbidden' })
  await makeAdmin(product, dan)
  expect((await dan.client.users.me()).isAdmin).toBe(true)
  const { webhook } = await dan.client.webhooks.create(everything)
  await expect(alice.client.webhooks.switch(webhook.id, 'off')).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(alice.client.webhooks.list()).rejects.toMatchObject({ code: 'forbidden' })
  const direct = await bob.client.conversations.openDirect(idOf(carol))
  await bob.client.messages.send({ conversationId: direct.id, data: 'between us' })
  const room = await alice.client.conversations.create({ title: 'New', userIds: [] })
  await alice.client.messages.send({ conversationId: room.id, data: 'for all' })
  await settle('the group is told', () => bodies('/all').length === 1, 20_000)
  expect(JSON.stringify(server.arrived)).not.toContain('between us')
  for (const person of [bob, dan])
    await expect(
      person.client.webhooks.create({ ...everything, conversationId: direct.id }),
    ).rejects.toMatchObject({ code: person === bob ? 'forbidden' : 'not-found' })
  await dan.client.webhooks.delete(webhook.id)
})

test('a test is posted at once, signed, also to one that is off, and is no delivery', async () => {
  const { alice, bob } = people
  const { webhooks } = alice.client
  const room = await alice.client.conversations.create({ title: 'Camp', userIds: [idOf(bob)] })
  const { secret, webhook } = await webhooks.create({
    url: `${server.url}tried`,
    conversationId: room.id,
  })
  await webhooks.switch(webhook.id, 'off')
  expect(await webhooks.test(webhook.id)).toEqual({ status: 204, problem: null })
  expect(bodies('/tried')).toMatchObject([
    { type: 'webhook.test', data: { webhookId: webhook.id } },
  ])
  const [tried] = server.arrived.filter(({ path }) => path === '/tried')
  if (!tried) throw new Error('it has not arrived')
  new Webhook(secret).verify(tried.body, tried.headers as Record<string, string>)
  server.answer = { status: 503 }
  const refused = await webhooks.test(webhook.id)
  server.answer = { status: 204 }
  expect(refused).toEqual({ status: 503, problem: 'It answered 503.' })
  const { items } = await webhooks.list({ conversationId: room.id })
  expect(items).toMatchObject([{ state: 'off', lastTry: null, waiting: 0, failed: 0 }])
  await expect(bob.client.webhooks.test(webhook.id)).rejects.toMatchObject({ code: 'forbidden' })
  await webhooks.delete(webhook.id)
})
