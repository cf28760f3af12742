import type { InboundFrameInput } from '../../socket/inbound.ts'
import type { FrameOf, OutboundFrame } from '../../socket/outbound.ts'
import {
  ACCESS_TOKEN,
  ALICE,
  alice,
  BOB,
  CAROL,
  CONVERSATION,
  conversation,
  created,
  MESSAGE,
  message,
  participant,
  SESSION,
} from './cast.ts'

type InboundExamples = { [T in InboundFrameInput['type']]: InboundFrameInput & { type: T } }
type OutboundExamples = { [T in OutboundFrame['type']]: FrameOf<T> }

/** A frame of every type that a client sends. */
export const inboundExamples: InboundExamples = {
  message: {
    type: 'message',
    conversationId: CONVERSATION,
    clientId: 'c-4711',
    data: 'Who brings the tent?',
  },
  typing: { type: 'typing', conversationId: CONVERSATION },
  read: { type: 'read', conversationId: CONVERSATION, position: 2 },
  delivered: { type: 'delivered', conversationId: CONVERSATION, position: 2 },
  sync: { type: 'sync', conversations: { [CONVERSATION]: 1 } },
  watch: { type: 'watch', userIds: [BOB, CAROL] },
  focus: { type: 'focus', conversationId: CONVERSATION },
  authenticate: { type: 'authenticate', accessToken: ACCESS_TOKEN },
  ping: { type: 'ping' },
}

const place = { conversationId: CONVERSATION, messageId: MESSAGE, position: 2 }

/** A frame of every type that the server sends. */
export const outboundExamples: OutboundExamples = {
  welcome: {
    type: 'welcome',
    userId: ALICE,
    sessionId: SESSION,
    expiresAt: '2026-01-31T12:15:00.000Z',
  },
  ack: { type: 'ack', clientId: 'c-4711', ...place, version: 2, sentAt: message.sentAt },
  error: {
    type: 'error',
    code: 'overloaded',
    message: 'Too much at once.',
    retryable: true,
    clientId: 'c-4711',
  },
  message: {
    type: 'message',
    user: 'Alice',
    message: 'Who brings the tent?',
    ...place,
    version: 2,
    senderId: ALICE,
    clientId: 'c-4711',
    replyTo: null,
    mentions: [],
    sentAt: message.sentAt,
  },
  edited: {
    type: 'edited',
    ...place,
    version: 3,
    senderId: ALICE,
    message: 'Who brings the big tent?',
    mentions: [],
    editedAt: '2026-01-31T12:06:00.000Z',
  },
  unsent: {
    type: 'unsent',
    ...place,
    version: 4,
    senderId: ALICE,
    unsentAt: '2026-01-31T12:07:00.000Z',
  },
  reaction: {
    type: 'reaction',
    ...place,
    version: 3,
    reactions: [{ emoji: '👍', userIds: [BOB] }],
  },
  conversation: {
    type: 'conversation',
    conversationId: CONVERSATION,
    version: 1,
    settings: { title: 'Camping', history: 'shared', invites: 'members' },
    systemMessage: created,
  },
  participant: {
    type: 'participant',
    conversationId: CONVERSATION,
    version: 5,
    participants: [{ ...participant, userId: BOB, role: 'admin', left: false }],
    systemMessage: null,
  },
  head: { type: 'head', conversationId: CONVERSATION, version: 12 },
  receipt: {
    type: 'receipt',
    conversationId: CONVERSATION,
    userId: BOB,
    kind: 'read',
    position: 2,
    at: '2026-01-31T12:05:09.000Z',
  },
  draft: {
    type: 'draft',
    conversationId: CONVERSATION,
    text: 'I could br',
    updatedAt: '2026-01-31T12:05:20.000Z',
  },
  own: { type: 'own', conversationId: CONVERSATION, me: { ...conversation.me, pinned: true } },
  self: { type: 'self', user: { ...alice, preferences: { theme: 'dark' } } },
  typing: { type: 'typing', conversationId: CONVERSATION, userId: BOB },
  presence: { type: 'presence', userId: BOB, state: 'online' },
  synced: {
    type: 'synced',
    conversations: [{ id: CONVERSATION, version: 2, changes: [message], reset: false }],
    unknown: [],
    added: [],
  },
  pong: { type: 'pong' },
}
