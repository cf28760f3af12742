import { randomBytes } from 'node:crypto'
import { type Cast, cast, type Product, startProduct } from '@chatapp/dev-env'
import { type Conversation, type RouteId, routes } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callRoute } from './wire.ts'

let product: Product
let people: Cast
let room: Conversation

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
  room = await people.alice.client.conversations.create({ title: 'Room', userIds: [] })
})
afterAll(() => product[Symbol.asyncDispose]())

const tokenOf = () => people.alice.session.accessToken

async function expectUnharmed(): Promise<void> {
  await people.alice.client.messages.send({ conversationId: room.id, data: 'still here' })
}

const WRONG_VALUES: unknown[] = [
  null,
  true,
  7,
  -1,
  1.5,
  1e99,
  '',
  'x',
  [],
  [null],
  {},
  { $gt: '' },
  '\ud800',
  'a\0b',
  'x'.repeat(20_000),
]

/** One good body a route; each of its fields is then given every wrong value. */
const BODIES: Partial<Record<RouteId, () => Record<string, unknown>>> = {
  register: () => ({
    username: `new${randomBytes(6).toString('hex')}`,
    password: 'a fine pass phrase',
    displayName: 'New',
    email: 'new@example.org',
  }),
  login: () => ({ username: 'alice', password: 'wrong' }),
  refresh: () => ({ refreshToken: 'none' }),
  webLogin: () => ({ username: 'alice', password: 'wrong' }),
  updateOwnUser: () => ({
    displayName: 'Alice',
    email: 'alice@example.org',
    bio: '',
    preferences: {},
  }),
  changePassword: () => ({ currentPassword: 'wrong', newPassword: 'a fine pass phrase' }),
  createConversation: () => ({
    kind: 'group',
    title: 'Title',
    userIds: [],
    history: 'shared',
    invites: 'members',
  }),
  updateConversation: () => ({
    title: 'Title',
    history: 'shared',
    invites: 'members',
    notify: 'all',
    mutedUntil: '2999-01-01T00:00:00Z',
    pinned: true,
  }),
  saveDraft: () => ({ text: 'half a sen' }),
  addParticipants: () => ({ userIds: [people.bob.session.user.id] }),
  setRole: () => ({ role: 'member' }),
  sendMessage: () => ({
    conversationId: room.id,
    clientId: randomBytes(6).toString('hex'),
    data: 'hi',
    replyTo: undefined,
  }),
  editMessage: () => ({ data: 'edited' }),
  advanceReceipts: () => ({ read: 1, delivered: 1 }),
  sync: () => ({ conversations: {} }),
  createSubscription: () => ({
    endpoint: 'https://push.example.org/x',
    keys: {
      p256dh: Buffer.alloc(65, 4).toString('base64url'),
      auth: Buffer.alloc(16).toString('base64url'),
    },
  }),
  testPush: () => ({ subscriptionId: room.id }),
  createBot: () => ({ username: 'robot', displayName: 'Robot' }),
  exchangeBotToken: () => ({ token: 'none' }),
  createWebhook: () => ({
    url: 'https://example.org/hook',
    conversationId: room.id,
    events: ['message.created'],
  }),
  createHook: () => ({ conversationId: room.id, botId: room.id, mayCallAll: false }),
  postToHook: () => ({ text: 'hello', username: 'Robot' }),
  updateNotificationPreferences: () => ({
    payload: 'full',
    doNotDisturb: 'off',
    digest: true,
    digestEvery: 'day',
    keywords: [],
  }),
}

test.each(Object.entries(BODIES))(
  '%s never fails on bad input: it answers as the protocol says',
  async (id, makeBody) => {
    const { id: messageId } = await people.alice.client.messages.send({
      conversationId: room.id,
      data: 'target',
    })
    const params = {
      conversationId: room.id,
      userId: people.bob.session.user.id,
      messageId,
      emoji: '👍',
      id: room.id,
      secret: 'wrong',
    }
    const route = routes[id as RouteId]
    const send = (body: unknown) =>
      callRoute(product.url, route, { token: tokenOf(), params, body })
    for (const body of WRONG_VALUES.filter((value) => !isEmptyObject(value)))
      expect((await send(body)).status).toBe(400)
    const good = makeBody()
    const unknown = await send({ ...good, surplus: 1 })
    expect([unknown.status, unknown.body.errors[0].path]).toEqual([400, 'surplus'])
    for (const field of Object.keys(good)) {
      for (const value of WRONG_VALUES) {
        const { status } = await send({ ...makeBody(), [field]: value })
        expect(status, `${field}: ${JSON.stringify(value)?.slice(0, 40)}`).toBeLessThan(500)
      }
    }
    await expectUnharmed()
  },
)

const isEmptyObject = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

test('null is refused everywhere but for the e-mail address of a profile', async () => {
  const params = {
    conversationId: room.id,
    userId: people.bob.session.user.id,
    messageId: 'x',
    emoji: '👍',
    id: room.id,
    secret: 'wrong',
  }
  for (const [id, makeBody] of Object.entries(BODIES)) {
    for (const field of Object.keys(makeBody())) {
      const body = { ...makeBody(), [field]: null }
      const { status } = await callRoute(product.url, routes[id as RouteId], {
        token: tokenOf(),
        params,
        body,
      })
      expect(`${id}.${field} ${status}`).toBe(
        `${id}.${field} ${field === 'email' && id === 'updateOwnUser' ? 200 : 400}`,
      )
    }
  }
})

test('ids that are no ids answer 400 or 404, never 500', async () => {
  for (const bad of [
    'x',
    '0',
    '../..',
    '%00',
    '\ud83d',
    room.id.slice(1),
    `${room.id}0`,
    'constructor',
  ]) {
    const id = encodeURIComponent(bad.toWellFormed())
    for (const path of [
      `conversations/${id}`,
      `messages/${id}`,
      `messages/read/${id}`,
      `users/${id}`,
      `messages/member?conversationId=${id}`,
    ]) {
      const answer = await fetch(`${product.url}/api/${path}`, {
        headers: { authorization: `Bearer ${tokenOf()}` },
      })
      expect([400, 404], `${path} ${answer.status}`).toContain(answer.status)
    }
  }
})
