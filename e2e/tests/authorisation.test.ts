import { type Cast, cast, type Person, type Product, startProduct } from '@chatapp/dev-env'
import { type Route, type RouteId, routes } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene, type Scene } from './scene.ts'
import { callRoute, type Request } from './wire.ts'

let product: Product
let people: Cast
const THUMB = '👍'

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

const tokenOf = (person: Person) => person.session.accessToken
const idOf = (person: Person) => person.session.user.id

/** Statuses of: anonymous, stranger, removed member, member, admin. */
type Row = {
  statuses: [number, number, number, number, number]
  request: (scene: Scene) => Request
}
const same = (status: number): Row['statuses'] => [401, status, status, status, status]
const membersOnly = (member: number, admin = member): Row['statuses'] => [
  401,
  404,
  404,
  member,
  admin,
]

const inRoom = (scene: Scene): Request => ({ params: { conversationId: scene.id } })
const ofBob = (scene: Scene): Request => ({ params: { messageId: scene.byBob } })
const nothing = (): Request => ({})
const unknownId = '0190b3f0-0000-7000-8000-000000000000'
const OPEN = [200, 200, 200, 200, 200] as Row['statuses']

const MATRIX: Record<RouteId, Row> = {
  register: {
    statuses: [409, 409, 409, 409, 409],
    request: () => ({ body: { username: 'alice', password: 'a fine pass phrase' } }),
  },
  login: {
    statuses: [401, 401, 401, 401, 401],
    request: () => ({ body: { username: 'alice', password: 'wrong' } }),
  },
  refresh: {
    statuses: [401, 401, 401, 401, 401],
    request: () => ({ body: { refreshToken: 'none' } }),
  },
  // Ending the caller's own session is tried in the sessions' own tests.
  logout: { statuses: [401, 400, 400, 400, 400], request: () => ({ body: { unknown: 1 } }) },
  webRegister: {
    statuses: [409, 409, 409, 409, 409],
    request: () => ({ body: { username: 'alice', password: 'a fine pass phrase' } }),
  },
  webLogin: {
    statuses: [401, 401, 401, 401, 401],
    request: () => ({ body: { username: 'alice', password: 'wrong' } }),
  },
  webRefresh: { statuses: [401, 401, 401, 401, 401], request: nothing },
  webLogout: { statuses: [204, 204, 204, 204, 204], request: nothing },
  listSessions: { statuses: same(200), request: nothing },
  endSession: { statuses: same(404), request: () => ({ params: { id: unknownId } }) },
  getOwnUser: { statuses: same(200), request: nothing },
  updateOwnUser: { statuses: same(200), request: () => ({ body: { bio: 'hi' } }) },
  changePassword: {
    statuses: same(403),
    request: () => ({ body: { currentPassword: 'wrong', newPassword: 'another pass phrase' } }),
  },
  askPasswordReset: {
    statuses: [204, 204, 204, 204, 204],
    request: () => ({ body: { email: 'nobody@example.org' } }),
  },
  resetPassword: {
    statuses: [404, 404, 404, 404, 404],
    request: () => ({ params: { token: 'unknown' }, body: { newPassword: 'a fine pass phrase' } }),
  },
  askEmailVerification: { statuses: same(409), request: nothing },
  verifyEmail: {
    statuses: [404, 404, 404, 404, 404],
    request: () => ({ params: { token: 'unknown' } }),
  },
  setAvatar: {
    statuses: same(400),
    request: () => ({
      body: Buffer.from('no picture'),
      headers: { 'content-type': 'image/png' },
    }),
  },
  removeAvatar: { statuses: same(200), request: nothing },
  getAvatar: {
    statuses: [404, 404, 404, 404, 404],
    request: () => ({ params: { key: 'unknown' } }),
  },
  findUsers: { statuses: same(200), request: nothing },
  getUser: { statuses: same(200), request: () => ({ params: { id: idOf(people.alice) } }) },
  listBots: { statuses: same(403), request: nothing },
  createBot: { statuses: same(403), request: () => ({ body: { username: 'robot' } }) },
  listBotTokens: { statuses: same(403), request: () => ({ params: { id: unknownId } }) },
  createBotToken: { statuses: same(403), request: () => ({ params: { id: unknownId } }) },
  revokeBotToken: {
    statuses: same(403),
    request: () => ({ params: { id: unknownId, tokenId: unknownId } }),
  },
  exchangeBotToken: {
    statuses: [401, 401, 401, 401, 401],
    request: () => ({ body: { token: 'none' } }),
  },
  createConversation: {
    statuses: same(201),
    request: () => ({ body: { kind: 'group', title: 'x', userIds: [] } }),
  },
  listConversations: { statuses: same(200), request: nothing },
  getConversation: { statuses: membersOnly(200), request: inRoom },
  updateConversation: {
    statuses: membersOnly(403, 200),
    request: (s) => ({ ...inRoom(s), body: { title: 'New' } }),
  },
  saveDraft: {
    statuses: membersOnly(200),
    request: (s) => ({ ...inRoom(s), body: { text: 'not yet' } }),
  },
  addParticipants: {
    statuses: membersOnly(200),
    request: (s) => ({ ...inRoom(s), body: { userIds: [idOf(people.dan)] } }),
  },
  setRole: {
    statuses: membersOnly(403, 200),
    request: (s) => ({
      params: { conversationId: s.id, userId: idOf(people.bob) },
      body: { role: 'admin' },
    }),
  },
  removeParticipant: {
    statuses: membersOnly(403, 409),
    request: (s) => ({ params: { conversationId: s.id, userId: idOf(people.alice) } }),
  },
  sendMessage: {
    statuses: membersOnly(201),
    request: (s) => ({ body: { conversationId: s.id, data: 'hi' } }),
  },
  getHistory: { statuses: membersOnly(200), request: inRoom },
  getMessage: { statuses: membersOnly(200), request: ofBob },
  unsendMessage: {
    statuses: membersOnly(403, 200),
    request: (s) => ({ params: { messageId: s.byCarol } }),
  },
  editMessage: {
    statuses: membersOnly(200, 403),
    request: (s) => ({ ...ofBob(s), body: { data: 'edited' } }),
  },
  listMembers: {
    statuses: membersOnly(200),
    request: (s) => ({ query: { conversationId: s.id } }),
  },
  getReceipts: { statuses: membersOnly(200), request: ofBob },
  advanceReceipts: {
    statuses: membersOnly(200),
    request: (s) => ({ ...inRoom(s), body: { read: 1 } }),
  },
  sync: { statuses: same(200), request: (s) => ({ body: { conversations: { [s.id]: 0 } } }) },
  addReaction: {
    statuses: membersOnly(200),
    request: (s) => ({ params: { messageId: s.byBob, emoji: THUMB } }),
  },
  removeReaction: {
    statuses: membersOnly(200),
    request: (s) => ({ params: { messageId: s.byBob, emoji: THUMB } }),
  },
  searchMessages: { statuses: same(200), request: () => ({ query: { q: 'carol' } }) },
  listActivity: { statuses: same(200), request: nothing },
  listWebhooks: {
    statuses: membersOnly(403, 200),
    request: (s) => ({ query: { conversationId: s.id } }),
  },
  createWebhook: {
    statuses: membersOnly(403, 201),
    request: (s) => ({ body: { conversationId: s.id, url: 'https://example.org/hook' } }),
  },
  updateWebhook: {
    statuses: membersOnly(403, 200),
    request: (s) => ({ params: { id: s.webhookId }, body: { state: 'off' } }),
  },
  deleteWebhook: {
    statuses: membersOnly(403, 204),
    request: (s) => ({ params: { id: s.webhookId } }),
  },
  testWebhook: {
    statuses: membersOnly(403, 200),
    request: (s) => ({ params: { id: s.webhookId } }),
  },
  listFailedEvents: {
    statuses: membersOnly(403, 200),
    request: (s) => ({ params: { id: s.webhookId } }),
  },
  retryFailedEvents: {
    statuses: membersOnly(403, 200),
    request: (s) => ({ params: { id: s.webhookId } }),
  },
  listHooks: { statuses: same(403), request: nothing },
  createHook: {
    statuses: same(403),
    request: (s) => ({ body: { conversationId: s.id, botId: unknownId } }),
  },
  replaceHookSecret: { statuses: same(403), request: () => ({ params: { id: unknownId } }) },
  deleteHook: { statuses: same(403), request: () => ({ params: { id: unknownId } }) },
  postToHook: {
    statuses: [404, 404, 404, 404, 404],
    request: () => ({ params: { id: unknownId, secret: 'wrong' }, body: { text: 'hello' } }),
  },
  getServer: { statuses: OPEN, request: nothing },
  createSocketTicket: { statuses: same(201), request: nothing },
  health: { statuses: OPEN, request: nothing },
  readiness: { statuses: OPEN, request: nothing },
  getVapidPublicKey: { statuses: same(200), request: nothing },
  listSubscriptions: { statuses: same(200), request: nothing },
  createSubscription: {
    statuses: same(400),
    request: () => ({ body: { endpoint: 'x', keys: {} } }),
  },
  deleteSubscription: { statuses: same(404), request: () => ({ params: { id: unknownId } }) },
  testPush: { statuses: same(404), request: () => ({ body: { subscriptionId: unknownId } }) },
  listNotices: { statuses: same(200), request: nothing },
  askUnsubscribing: {
    statuses: [404, 404, 404, 404, 404],
    request: () => ({ params: { token: 'unknown' } }),
  },
  unsubscribeFromDigest: {
    statuses: [404, 404, 404, 404, 404],
    request: () => ({ params: { token: 'unknown' } }),
  },
  getNotificationPreferences: { statuses: same(200), request: nothing },
  updateNotificationPreferences: {
    statuses: same(200),
    request: () => ({ body: { digest: true } }),
  },
}

test.each(Object.entries(MATRIX))(
  '%s answers each caller what they may have',
  async (id, { statuses, request }) => {
    const callers = [undefined, people.dan, people.carol, people.bob, people.alice]
    const route: Route = routes[id as RouteId]
    const answered: number[] = []
    for (const caller of callers) {
      const token = caller && tokenOf(caller)
      answered.push(
        (await callRoute(product.url, route, { ...request(await openScene(people)), token }))
          .status,
      )
    }
    expect(answered).toEqual(statuses)
  },
)

test('what a stranger or a removed member gets of sync, search and activity holds nothing of the group', async () => {
  const { id } = await openScene(people)
  await people.alice.client.messages.send({ conversationId: id, data: '@all' })
  for (const outsider of [people.dan, people.carol]) {
    const caught = await outsider.client.messages.sync({ [id]: 0 })
    expect(caught.unknown).toContain(id)
    expect(JSON.stringify(caught.added)).not.toContain(id)
    const { body } = await callRoute(product.url, routes.searchMessages, {
      token: tokenOf(outsider),
      query: { q: 'by' },
    })
    expect(JSON.stringify(body)).not.toContain(id)
    const activity = await outsider.client.messages.activity()
    expect(JSON.stringify(activity)).not.toContain(id)
  }
})
