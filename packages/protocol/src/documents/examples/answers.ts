import type { AnswerOf } from '../../http/route.ts'
import type { RouteId, routes } from '../../http/routes.ts'
import {
  ACCESS_TOKEN,
  ALICE,
  alice,
  BOB,
  bob,
  CAROL,
  CONVERSATION,
  conversation,
  created,
  MESSAGE,
  message,
  participant,
  REFRESH_TOKEN,
  SESSION,
} from './cast.ts'

type Answers = { [K in RouteId]?: Record<string, AnswerOf<(typeof routes)[K]>> }

const webSession = { user: alice, accessToken: ACCESS_TOKEN, expiresIn: 900 }
const session = { ...webSession, refreshToken: REFRESH_TOKEN }
const thumbsUp = { ...message, version: 3, reactions: [{ emoji: '👍', userIds: [BOB] }] }

/** Answers to successful requests, each by a name of its own. */
export const answerExamples: Answers = {
  register: { session },
  login: { session },
  refresh: { session },
  webRegister: { session: webSession },
  webLogin: { session: webSession },
  webRefresh: { session: webSession },
  listSessions: {
    devices: {
      items: [
        {
          id: SESSION,
          userAgent: 'Mozilla/5.0',
          ip: '192.0.2.7',
          createdAt: '2026-01-31T12:00:00.000Z',
          usedAt: '2026-01-31T12:05:00.000Z',
          expiresAt: '2026-03-02T12:05:00.000Z',
          current: true,
        },
      ],
      next: null,
    },
  },
  getOwnUser: { alice },
  updateOwnUser: { alice },
  setAvatar: { alice: { ...alice, avatarUrl: '/api/avatars/q8JtJ0n2RkOe1y5m3v7xUw' } },
  removeAvatar: { alice },
  findUsers: { people: { items: [bob], next: null } },
  getUser: { bob },
  createConversation: { group: conversation },
  listConversations: { conversations: { items: [conversation], next: null } },
  getConversation: { group: conversation },
  updateConversation: { renamed: { ...conversation, title: 'Camping in May', version: 3 } },
  saveDraft: { kept: { text: 'I could br', updatedAt: '2026-01-31T12:05:20.000Z' } },
  addParticipants: { added: { added: [CAROL], already: [] } },
  setRole: { admin: { ...participant, userId: BOB, role: 'admin' } },
  sendMessage: { message },
  getHistory: { page: { items: [created, message], before: null, after: null } },
  getMessage: { found: message },
  unsendMessage: {
    tombstone: { ...message, version: 3, data: null, unsentAt: '2026-01-31T12:06:00.000Z' },
  },
  editMessage: {
    edited: {
      ...message,
      version: 3,
      data: 'Who brings the big tent?',
      editedAt: '2026-01-31T12:06:00.000Z',
    },
  },
  listMembers: {
    members: { items: [{ ...participant, userId: BOB, role: 'member', user: bob }], next: null },
  },
  getReceipts: {
    lists: {
      messageId: MESSAGE,
      readBy: [{ userId: BOB, at: '2026-01-31T12:05:09.000Z' }],
      deliveredTo: [{ userId: BOB, at: '2026-01-31T12:05:01.000Z' }],
    },
    counts: { messageId: MESSAGE, readCount: 310, deliveredCount: 412 },
  },
  advanceReceipts: { mine: { ...participant, userId: ALICE } },
  sync: {
    one: {
      conversations: [{ id: CONVERSATION, version: 2, changes: [message], reset: false }],
      unknown: [],
      added: [],
    },
  },
  addReaction: { message: thumbsUp },
  removeReaction: { message },
  searchMessages: {
    found: {
      items: [
        {
          message,
          conversation: { id: CONVERSATION, title: 'Camping' },
          highlights: [[15, 19]],
        },
      ],
      next: null,
      degraded: false,
    },
  },
  testPush: { taken: { outcome: 'sent', status: 201 }, gone: { outcome: 'gone', status: 410 } },
  listActivity: {
    mention: {
      items: [
        {
          kind: 'mention',
          message: { ...message, data: 'Who brings the tent, @bob?', mentions: [BOB] },
          quote: null,
          conversation: { id: CONVERSATION, title: 'Camping' },
          isUnread: true,
        },
      ],
      next: null,
      unread: 1,
    },
  },
  listNotices: {
    pushed: {
      items: [
        {
          conversationId: CONVERSATION,
          position: 2,
          outcome: 'push',
          reason: 'mention',
          decidedAt: '2026-01-31T12:05:00.200Z',
          deliveries: [
            {
              subscriptionId: '0193a1c7-11aa-7c4e-9f3b-2a6d8e0c5b71',
              position: 2,
              kind: 'message',
              outcome: 'sent',
              status: 201,
              at: '2026-01-31T12:05:00.320Z',
            },
          ],
        },
      ],
      next: null,
    },
  },
  getServer: { server: { mail: true, digest: true } },
  createSocketTicket: { ticket: { ticket: 'q8JtJ0n2RkOe1y5m3v7xUw', expiresIn: 30 } },
}
