import type { BodyInput } from '../../http/route.ts'
import type { RouteId, routes } from '../../http/routes.ts'
import { BOB, CAROL, CONVERSATION, REFRESH_TOKEN } from './cast.ts'

type Bodies = { [K in RouteId]?: Record<string, BodyInput<(typeof routes)[K]>> }

const password = 'a long enough pass phrase'

/** Bodies of requests, each by a name of its own. */
export const bodyExamples: Bodies = {
  register: { register: { username: 'alice', password, displayName: 'Alice' } },
  login: { login: { username: 'alice', password } },
  webRegister: { register: { username: 'alice', password, displayName: 'Alice' } },
  webLogin: { login: { username: 'alice', password } },
  refresh: { refresh: { refreshToken: REFRESH_TOKEN } },
  updateOwnUser: { bio: { bio: 'Reads on trains.' }, noMail: { email: null } },
  changePassword: {
    change: { currentPassword: password, newPassword: 'another one, as long' },
  },
  askPasswordReset: { ask: { email: 'alice@example.org' } },
  resetPassword: { reset: { newPassword: 'another one, as long' } },
  createConversation: {
    group: { kind: 'group', title: 'Camping', userIds: [BOB] },
    direct: { kind: 'direct', userId: BOB },
  },
  updateConversation: {
    rename: { title: 'Camping in May' },
    mine: { notify: 'mentions', pinned: true },
  },
  saveDraft: { keep: { text: 'I could br' }, clear: { text: '' } },
  addParticipants: { add: { userIds: [CAROL] } },
  setRole: { admin: { role: 'admin' } },
  sendMessage: {
    send: { conversationId: CONVERSATION, clientId: 'c-4711', data: 'Who brings the tent?' },
  },
  editMessage: { edit: { data: 'Who brings the big tent?' } },
  advanceReceipts: { read: { read: 2 } },
  sync: { sync: { conversations: { [CONVERSATION]: 1 } } },
  createSubscription: {
    subscribe: {
      endpoint: 'https://push.example.org/send/4711',
      keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
    },
  },
  testPush: { device: { subscriptionId: '0193a1c7-11aa-7c4e-9f3b-2a6d8e0c5b71' } },
  updateNotificationPreferences: {
    night: { doNotDisturb: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' } },
    private: { payload: 'none', keywords: ['tent'] },
    daily: { digest: true, digestEvery: 'day' },
  },
}
