import type { Conversation, OwnUser, TextMessage } from '@chatapp/protocol'
import type { LiveEventOf } from '@chatapp/sdk'
import { withConversation } from './conversations.ts'
import { type ChatState, emptyState, put } from './state.ts'
import { loadingTimeline, withFirstPage } from './timeline.ts'

/** Data for the tests of the reducers. */
export const ROOM = '01920000-0000-7000-8000-00000000000a'
export const ALICE = '01920000-0000-7000-8000-000000000001'
export const BOB = '01920000-0000-7000-8000-000000000002'
export const CAROL = '01920000-0000-7000-8000-000000000003'
const TIME = '2026-01-31T12:00:00.000Z'

const alice: OwnUser = {
  ...{ id: ALICE, username: 'alice', displayName: 'Alice', avatarUrl: null, bio: '' },
  ...{ email: null, emailVerified: false, createdAt: TIME, preferences: {} },
}

interface RoomFacts {
  last?: number
  readPosition?: number
}

/** Alice's view of a room with `last` messages of Bob's, read up to `readPosition`. */
export function room({ last = 0, readPosition = last }: RoomFacts = {}): ChatState {
  const messages = Array.from({ length: last }, (_, n) => text(n + 1))
  const conversation: Conversation = {
    ...{ id: ROOM, kind: 'group', title: 'Room', history: 'shared', invites: 'members' },
    ...{ lobby: false, createdAt: TIME, lastPosition: last, version: last, memberCount: 2 },
    lastMessage: messages.at(-1) ?? null,
    unread: last - readPosition,
    me: {
      ...member(ALICE, readPosition),
      ...{ notify: 'all', mutedUntil: null, pinned: false, unreadFrom: null, draft: null },
    },
  }
  const state = withConversation({ ...emptyState, self: alice }, conversation)
  const timeline = withFirstPage(loadingTimeline, { items: messages, before: null, after: null })
  return { ...state, timelines: put({}, ROOM, timeline) }
}

export function text(position: number, more: Partial<TextMessage> = {}): TextMessage {
  return {
    ...{ id: `m${position}`, conversationId: ROOM, position, version: position, kind: 'text' },
    ...{ senderId: BOB, clientId: `c${position}`, data: `text ${position}`, replyTo: null },
    ...{ mentions: [], reactions: [], sentAt: TIME, editedAt: null, unsentAt: null },
    ...more,
  }
}

const LIVE = { source: 'live', senderName: 'Bob', impliesRead: true } as const

export function arrived(message: TextMessage): LiveEventOf<'message'> {
  const { conversationId, version } = message
  return { type: 'message', conversationId, version, ...LIVE, message }
}

export function member(userId: string, readPosition: number, joinedPosition = 0) {
  return {
    ...{ userId, role: 'member' as const, joinedAt: TIME, joinedPosition },
    ...{ readPosition, deliveredPosition: readPosition },
  }
}
