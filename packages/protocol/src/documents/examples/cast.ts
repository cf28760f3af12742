import type {
  Conversation,
  OwnUser,
  Participant,
  SystemMessage,
  TextMessage,
  User,
} from '../../shapes.ts'

export const ALICE = '0193a1c0-1c11-7a3e-8b1f-6a5d4c3b2a19'
export const BOB = '0193a1c0-2d22-7b4f-9c2a-7b6e5d4c3b2a'
export const CAROL = '0193a1c0-3e33-7c5a-ad3b-8c7f6e5d4c3b'
export const CONVERSATION = '0193a1c4-9f00-7d6b-be4c-9d8a7f6e5d4c'
export const SESSION = '0193a1c0-4f44-7e7c-8f5d-ae9b8a7f6e5d'
export const MESSAGE = 'AZOhxJ8AfWu-TJ2Kf25dTAAAAAI'
export const ACCESS_TOKEN = 'header.claims-of-alice.signature'
export const REFRESH_TOKEN = 'refresh-token-of-alice'

export const bob: User = {
  id: BOB,
  username: 'bob',
  displayName: 'Bob',
  avatarUrl: null,
  bio: '',
}

export const alice: OwnUser = {
  id: ALICE,
  username: 'alice',
  displayName: 'Alice',
  avatarUrl: null,
  bio: 'Reads on trains.',
  email: null,
  emailVerified: false,
  createdAt: '2026-01-31T12:00:00.000Z',
  preferences: { theme: 'system' },
}

export const message: TextMessage = {
  id: MESSAGE,
  conversationId: CONVERSATION,
  position: 2,
  version: 2,
  kind: 'text',
  senderId: ALICE,
  clientId: 'c-4711',
  data: 'Who brings the tent?',
  replyTo: null,
  mentions: [],
  reactions: [],
  sentAt: '2026-01-31T12:05:00.000Z',
  editedAt: null,
  unsentAt: null,
}

export const created: SystemMessage = {
  ...withoutData(message),
  id: 'AZOhxJ8AfWu-TJ2Kf25dTAAAAAE',
  position: 1,
  version: 1,
  kind: 'system',
  clientId: 's-1',
  sentAt: '2026-01-31T12:04:30.000Z',
  event: { type: 'created', title: 'Camping', userIds: [ALICE, BOB] },
}

export const participant: Participant = {
  userId: ALICE,
  role: 'owner',
  joinedAt: '2026-01-31T12:04:30.000Z',
  joinedPosition: 0,
  deliveredPosition: 2,
  readPosition: 2,
}

export const conversation: Conversation = {
  id: CONVERSATION,
  kind: 'group',
  title: 'Camping',
  history: 'shared',
  invites: 'members',
  lobby: false,
  createdAt: '2026-01-31T12:04:30.000Z',
  lastPosition: 2,
  version: 2,
  lastMessage: message,
  unread: 0,
  memberCount: 2,
  me: {
    ...participant,
    notify: 'mentions',
    mutedUntil: null,
    pinned: false,
    unreadFrom: null,
    draft: null,
  },
}

function withoutData({ data: _, kind: __, ...rest }: TextMessage) {
  return rest
}
