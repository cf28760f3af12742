import type {
  Conversation,
  FrameOf,
  Session,
  SyncAnswer,
  SystemMessage,
  TextMessage,
} from '@chatapp/protocol'

export const ALICE = '01890000-0000-7000-8000-00000000000a'
export const BOB = '01890000-0000-7000-8000-00000000000b'
export const ROOM = '01890000-0000-7000-8000-0000000000c1'
export const OTHER_ROOM = '01890000-0000-7000-8000-0000000000c2'
export const THIRD_ROOM = '01890000-0000-7000-8000-0000000000c3'
const SESSION_ID = '01890000-0000-7000-8000-0000000000d1'
const TIME = '2026-01-31T12:00:00.000Z'

export function aSession(generation = 1, expiresIn = 900): Session {
  return {
    user: {
      ...{ id: ALICE, username: 'alice', displayName: 'Alice', avatarUrl: null, bio: '' },
      ...{ email: null, emailVerified: false, createdAt: TIME, preferences: {} },
    },
    accessToken: `access.${generation}`,
    refreshToken: `refresh.${generation}`,
    expiresIn,
  }
}

export function aConversation(fields: Partial<Conversation> = {}): Conversation {
  return {
    ...{ id: ROOM, kind: 'group', title: 'Room', history: 'shared', invites: 'members' },
    ...{ lobby: false, createdAt: TIME, lastPosition: 1, version: 1, lastMessage: null },
    ...{ unread: 0, memberCount: 2 },
    me: {
      ...{ userId: ALICE, role: 'member', joinedAt: TIME, joinedPosition: 0 },
      ...{ deliveredPosition: 1, readPosition: 1 },
      ...{ notify: 'all', mutedUntil: null, pinned: false, unreadFrom: null, draft: null },
    },
    ...fields,
  }
}

export function aMessage(fields: Partial<TextMessage> & { position: number }): TextMessage {
  return {
    ...{ id: `m${fields.position}`, conversationId: ROOM, version: fields.position },
    ...{ kind: 'text', senderId: BOB, clientId: `c${fields.position}` },
    ...{ data: `text ${fields.position}`, replyTo: null, mentions: [], reactions: [] },
    ...{ sentAt: TIME, editedAt: null, unsentAt: null },
    ...fields,
  }
}

export function aSystemMessage(position: number): SystemMessage {
  const { data: _data, ...message } = aMessage({ position })
  return { ...message, kind: 'system', event: { type: 'joined', userIds: [ALICE] } }
}

export function messageFrame(
  position: number,
  fields: Partial<FrameOf<'message'>> = {},
): FrameOf<'message'> {
  return {
    ...{ type: 'message', user: 'Bob', message: `text ${position}`, conversationId: ROOM },
    ...{ messageId: `m${position}`, position, version: position, senderId: BOB },
    ...{ clientId: `c${position}`, replyTo: null, mentions: [], sentAt: TIME },
    ...fields,
  }
}

export function reactionFrame(version: number): FrameOf<'reaction'> {
  return {
    ...{ type: 'reaction', conversationId: ROOM, version, messageId: 'm1', position: 1 },
    reactions: [{ emoji: '👍', userIds: [BOB] }],
  }
}

export function participantFrame(
  version: number,
  person: { userId: string; left: boolean },
): FrameOf<'participant'> {
  const participant = {
    ...{ role: 'member' as const, joinedAt: TIME, joinedPosition: 0 },
    ...{ deliveredPosition: 0, readPosition: 0, ...person },
  }
  const common = { type: 'participant' as const, conversationId: ROOM, version }
  return { ...common, participants: [participant], systemMessage: aSystemMessage(version) }
}

export function ackFrame(clientId: string, position: number): FrameOf<'ack'> {
  return {
    ...{ type: 'ack', clientId, conversationId: ROOM, messageId: `m${position}` },
    ...{ position, version: position, sentAt: TIME },
  }
}

export function errorFrame(clientId: string, code: 'overloaded' | 'invalid'): FrameOf<'error'> {
  return { type: 'error', code, message: code, retryable: code === 'overloaded', clientId }
}

export function welcomeFrame(): FrameOf<'welcome'> {
  return { type: 'welcome', userId: ALICE, sessionId: SESSION_ID, expiresAt: TIME }
}

export function aSyncAnswer(fields: Partial<SyncAnswer> = {}): SyncAnswer {
  return { conversations: [], unknown: [], added: [], ...fields }
}
