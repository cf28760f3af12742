import {
  type Cast,
  cast,
  type MailServer,
  makeAdmin,
  type Person,
  type Product,
  settle,
  startMailServer,
  startProduct,
} from '@chatapp/dev-env'
import { type Route, type RouteId, routes } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { untilDigest, verifyAddress } from './absence.ts'
import { callPath, callRoute, type Request } from './wire.ts'

let mail: MailServer
let product: Product
let people: Cast
let cookie = ''
const ONE_PIXEL = Buffer.from('R0lGODdhAQABAIABAAAAAP8AACwAAAAAAQABAAACAkQBADs=', 'base64')
const driven = new Set<string>()

beforeAll(async () => {
  mail = await startMailServer()
  product = await startProduct({
    env: { SMTP_URL: mail.url, PUBLIC_URL: 'http://chat.example.org' },
  })
  people = await cast(product)
})
afterAll(async () => {
  await product[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
})

const idOf = (person: Person) => person.session.user.id

async function drive(id: RouteId, status: number, request: Request & { as?: Person } = {}) {
  const route: Route = routes[id]
  const answer = await callRoute(product.url, route, {
    token: request.as?.session.accessToken,
    ...request,
  })
  expect([id, answer.status, answer.body?.detail]).toEqual([id, status, undefined])
  driven.add(`${id} ${status}`)
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
  return answer.body
}

test('accounts: every answer is as the protocol says', async () => {
  const credentials = { username: 'erin', password: 'a pass phrase of erin' }
  const registered = await drive('register', 201, {
    body: { ...credentials, displayName: 'Erin 🌱', email: 'erin@example.org' },
  })
  const signedIn = await drive('login', 200, { body: credentials })
  const session = await drive('refresh', 200, { body: { refreshToken: signedIn.refreshToken } })
  const token = session.accessToken
  const devices = await drive('listSessions', 200, { token })
  expect(devices.items.map((device: { current: boolean }) => device.current).sort()).toEqual([
    false,
    true,
  ])
  const other = devices.items.find((device: { current: boolean }) => !device.current)
  await drive('endSession', 204, { token, params: { id: other.id } })
  await drive('getOwnUser', 200, { token })
  await drive('updateOwnUser', 200, {
    token,
    body: { email: null, bio: 'hello', preferences: { theme: 'dark' } },
  })
  const withAvatar = await drive('setAvatar', 200, {
    token,
    body: ONE_PIXEL,
    headers: { 'content-type': 'image/gif' },
  })
  await drive('getAvatar', 200, { params: { key: withAvatar.avatarUrl.split('/').at(-1) } })
  await drive('removeAvatar', 200, { token })
  await drive('changePassword', 204, {
    token,
    body: { currentPassword: credentials.password, newPassword: 'another pass phrase' },
  })
  await drive('findUsers', 200, { token, query: { query: 'er' } })
  await drive('getUser', 200, { token, params: { id: registered.user.id } })
  await drive('logout', 204, { token })
})

/** As soon as the mail is there. */
const tokenInMail = (to: string, page: string) =>
  settle(
    `the mail to ${to}`,
    () => {
      const texts = mail.mails.flatMap((one) => (one.to === to ? [one.text] : []))
      return texts.map((text) => new RegExp(`/${page}#(\\S+)`).exec(text)?.[1]).find(Boolean)
    },
    20_000,
  )

test('mails about accounts: every answer is as the protocol says', async () => {
  const email = 'greta@example.org'
  const { user, accessToken: token } = await drive('register', 201, {
    body: { username: 'greta', password: 'a pass phrase of greta', email },
  })
  expect(user.emailVerified).toBe(false)
  await drive('askEmailVerification', 204, { token })
  await drive('verifyEmail', 204, { params: { token: await tokenInMail(email, 'verify-email') } })
  expect((await drive('getOwnUser', 200, { token })).emailVerified).toBe(true)
  await drive('askPasswordReset', 204, { body: { email } })
  await drive('resetPassword', 204, {
    params: { token: await tokenInMail(email, 'reset-password') },
    body: { newPassword: 'another pass phrase' },
  })
  expect(await drive('getServer', 200)).toEqual({ mail: true, digest: true })
})

test('the link of a digest: every answer is as the protocol says', async () => {
  const henry = await product.person()
  await verifyAddress(mail, henry)
  const { id } = await people.alice.client.conversations.openDirect(idOf(henry))
  await people.alice.client.messages.send({ conversationId: id, data: 'Are you there?' })
  const { text } = await untilDigest({ mail, product, person: henry })
  const params = { token: /unsubscribe\/(\S+)/.exec(text)?.[1] ?? 'none' }
  await drive('askUnsubscribing', 200, { params })
  await drive('unsubscribeFromDigest', 200, { params })
}, 120_000)

test('browsers: every answer is as the protocol says', async () => {
  const credentials = { username: 'frank', password: 'a pass phrase of frank' }
  await drive('webRegister', 201, { body: credentials })
  await drive('webLogin', 200, { body: credentials })
  await drive('webRefresh', 200, { headers: { cookie } })
  await drive('webLogout', 204, { headers: { cookie } })
})

test('conversations and messages: every answer is as the protocol says', async () => {
  const { alice, bob, carol, dan } = people
  const as = alice
  const userIds = [idOf(bob), idOf(carol)]
  await drive('createConversation', 201, { as, body: { kind: 'direct', userId: idOf(bob) } })
  await drive('createConversation', 200, { as: bob, body: { kind: 'direct', userId: idOf(alice) } })
  const room = await drive('createConversation', 201, {
    as,
    body: { kind: 'group', title: 'Trip', userIds },
  })
  const params = { conversationId: room.id }
  const draft = { conversationId: room.id, clientId: 'one', data: 'hello @bob' }
  const message = await drive('sendMessage', 201, { as, body: draft })
  await drive('sendMessage', 200, { as, body: draft })
  const messageId = message.id
  await drive('sendMessage', 201, {
    as: bob,
    body: { conversationId: room.id, data: 'yes', replyTo: messageId },
  })
  await drive('addReaction', 200, { as: bob, params: { messageId, emoji: '🎉' } })
  await drive('removeReaction', 200, { as: bob, params: { messageId, emoji: '🎉' } })
  await drive('listActivity', 200, { as: bob, query: { limit: '1' } })
  await drive('editMessage', 200, { as, params: { messageId }, body: { data: 'hello all' } })
  await drive('advanceReceipts', 200, { as: carol, params, body: { read: 2, delivered: 3 } })
  await drive('getMessage', 200, { as, params: { messageId } })
  await drive('getReceipts', 200, { as, params: { messageId } })
  await drive('addParticipants', 200, { as, params, body: { userIds: [idOf(dan)] } })
  await drive('setRole', 200, {
    as,
    params: { ...params, userId: idOf(bob) },
    body: { role: 'admin' },
  })
  await drive('listMembers', 200, { as, query: { conversationId: room.id, limit: '2' } })
  await drive('updateConversation', 200, {
    as,
    params,
    body: {
      title: 'Journey',
      history: 'since-joined',
      pinned: true,
      mutedUntil: '2999-01-01T00:00:00Z',
    },
  })
  await drive('saveDraft', 200, { as, params, body: { text: 'half a sen' } })
  await drive('removeParticipant', 204, { as, params: { ...params, userId: idOf(dan) } })
  await drive('unsendMessage', 200, { as, params: { messageId } })
  await drive('getHistory', 200, { as, params, query: { limit: '3' } })
  await drive('getConversation', 200, { as, params })
  await drive('listConversations', 200, { as, query: { limit: '1' } })
  await drive('sync', 200, { as, body: { conversations: { [room.id]: 0 } } })
  await drive('searchMessages', 200, { as, query: { q: 'yes' } })
})

test('notifications and operations: every answer is as the protocol says', async () => {
  const as = people.alice
  const keys = {
    p256dh: Buffer.alloc(65, 4).toString('base64url'),
    auth: Buffer.alloc(16).toString('base64url'),
  }
  const body = { endpoint: 'https://push.example.org/1', keys }
  await drive('getVapidPublicKey', 200, { as })
  const { id } = await drive('createSubscription', 201, { as, body })
  await drive('createSubscription', 200, { as, body })
  await drive('listSubscriptions', 200, { as })
  await drive('deleteSubscription', 204, { as, params: { id } })
  const { id: subscriptionId } = await drive('createSubscription', 201, { as, body })
  await drive('testPush', 200, { as, body: { subscriptionId } })
  await drive('listNotices', 200, { as })
  await drive('getNotificationPreferences', 200, { as })
  await drive('updateNotificationPreferences', 200, { as, body: { payload: 'none' } })
  await drive('createSocketTicket', 201, { as })
  await drive('health', 200)
  await drive('readiness', 200)
})

test('webhooks: every answer is as the protocol says', async () => {
  const as = people.alice
  const room = await as.client.conversations.create({ title: 'Told', userIds: [] })
  const body = { conversationId: room.id, url: 'https://webhook.invalid/' }
  const { webhook } = await drive('createWebhook', 201, { as, body })
  const params = { id: webhook.id }
  await drive('listWebhooks', 200, { as, query: { conversationId: room.id } })
  await drive('testWebhook', 200, { as, params })
  await drive('listFailedEvents', 200, { as, params })
  await drive('retryFailedEvents', 200, { as, params })
  await drive('updateWebhook', 200, { as, params, body: { state: 'off' } })
  await drive('deleteWebhook', 204, { as, params })
})

test('bots and incoming webhooks: every answer is as the protocol says', async () => {
  const as = people.alice
  await makeAdmin(product, as)
  const made = await drive('createBot', 201, { as, body: { username: 'robot' } })
  const params = { id: made.user.id }
  await drive('listBots', 200, { as })
  await drive('exchangeBotToken', 200, { body: { token: made.token } })
  const other = await drive('createBotToken', 201, { as, params })
  await drive('listBotTokens', 200, { as, params })
  const room = await as.client.conversations.create({ title: 'Told', userIds: [made.user.id] })
  const body = { conversationId: room.id, botId: made.user.id }
  const { hook } = await drive('createHook', 201, { as, body })
  await drive('listHooks', 200, { as })
  const { url } = await drive('replaceHookSecret', 201, { as, params: { id: hook.id } })
  const secret = url.split('/').at(-1)
  await drive('postToHook', 200, { params: { id: hook.id, secret }, body: { text: 'hello' } })
  await drive('deleteHook', 204, { as, params: { id: hook.id } })
  await drive('revokeBotToken', 204, { as, params: { ...params, tokenId: other.id } })
})

test('every route was driven to each of its answers', () => {
  const expected = Object.values(routes).flatMap((route: Route) =>
    Object.keys(route.answers).map((status) => `${route.id} ${status}`),
  )
  expect([...driven].sort()).toEqual(expected.sort())
})

test('every path is served with and without a trailing slash', async () => {
  const token = people.alice.session.accessToken
  for (const path of [
    '/api/user',
    '/api/users',
    '/api/users/sessions',
    '/api/conversations',
    `/api/users/${idOf(people.bob)}`,
    '/healthz',
    '/readyz',
  ]) {
    const [plain, slash] = await Promise.all([
      callPath(product.url, `GET ${path}`, { token }),
      callPath(product.url, `GET ${path}/`, { token }),
    ])
    expect([path, plain.status, slash.status]).toEqual([path, 200, 200])
  }
})
