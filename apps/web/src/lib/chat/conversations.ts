import type { Conversation, Message, OwnParticipant } from '@chatapp/protocol'
import type { LiveEventOf } from '@chatapp/sdk'
import { hasKeyword } from '../text/keywords.ts'
import { withServerDraft } from './drafts.ts'
import { type ChatConversation, type ChatState, put, without } from './state.ts'
import { changedMessage } from './timeline.ts'

export function withConversation(state: ChatState, conversation: Conversation): ChatState {
  const before = state.conversations[conversation.id]
  const known = mentionedIn(conversation.lastMessage, state)
  const mentionedPosition = Math.max(before?.mentionedPosition ?? 0, known)
  const people = { ...state.people }
  for (const user of conversation.participants ?? []) people[user.id] = user
  return {
    ...withServerDraft(state, conversation),
    people,
    conversations: put(state.conversations, conversation.id, {
      ...conversation,
      mentionedPosition,
    }),
  }
}

export function withoutConversation(state: ChatState, id: string): ChatState {
  return {
    ...state,
    conversations: without(state.conversations, id),
    timelines: without(state.timelines, id),
    members: without(state.members, id),
    typing: without(state.typing, id),
  }
}

/** What a new message means for the row of its conversation. */
export function withNewest(state: ChatState, event: LiveEventOf<'message'>): ChatState {
  const { message, version } = event
  return update(state, event.conversationId, (conversation) => {
    if (message.position <= conversation.lastPosition) return conversation
    const isMine = message.senderId === state.self?.id
    const counts = message.kind === 'text' && !isMine && message.unsentAt === null
    const isUnread = counts && message.position > conversation.me.readPosition
    const next = {
      ...conversation,
      version,
      lastPosition: message.position,
      lastMessage: message,
      memberCount: conversation.memberCount + memberDelta(message),
      unread: conversation.unread + (isUnread ? 1 : 0),
      mentionedPosition: Math.max(conversation.mentionedPosition, mentionedIn(message, state)),
    }
    return isMine && message.kind === 'text' ? read(next, message.position) : next
  })
}

export function withChangedLast(
  state: ChatState,
  event: LiveEventOf<'edited' | 'unsent' | 'reaction'>,
): ChatState {
  return update(state, event.conversationId, (conversation) => {
    const { lastMessage } = conversation
    const isLast = lastMessage?.id === event.messageId
    return {
      ...conversation,
      version: event.version,
      lastMessage: isLast ? (event.message ?? changedMessage(lastMessage, event)) : lastMessage,
      unread: isUnsentUnread(state, conversation, event)
        ? Math.max(0, conversation.unread - 1)
        : conversation.unread,
    }
  })
}

export function withSettings(state: ChatState, event: LiveEventOf<'conversation'>): ChatState {
  return update(state, event.conversationId, (conversation) => ({
    ...conversation,
    ...event.settings,
    version: event.version,
  }))
}

/** What I set for myself on another device; cursors have frames of their own. */
export function withOwnSettings(state: ChatState, event: LiveEventOf<'own'>): ChatState {
  const { notify, mutedUntil, pinned, unreadFrom } = event.me
  const before =
    state.conversations[event.conversationId]?.me.unreadFrom ?? Number.POSITIVE_INFINITY
  const next = update(state, event.conversationId, (conversation) => ({
    ...conversation,
    me: { ...conversation.me, notify, mutedUntil, pinned, unreadFrom },
  }))
  const isMarked = unreadFrom !== null && unreadFrom < before
  return isMarked ? withMark(next, event.conversationId, unreadFrom) : next
}

/** Marked unread from here on; who is looking at it does not read it again by that. */
export function withMark(state: ChatState, id: string, unreadFrom: number): ChatState {
  const timeline = state.timelines[id]
  if (!timeline) return state
  const marked = { ...timeline, unreadFrom, staysUnread: true }
  return { ...state, timelines: put(state.timelines, id, marked) }
}

/** Up to where nothing is unread. */
export function readUpTo({ readPosition, unreadFrom }: OwnParticipant): number {
  return unreadFrom ? Math.min(readPosition, unreadFrom - 1) : readPosition
}

/** My own cursor, moved here or on another device. What lies between is counted where it is loaded. */
export function withOwnReceipt(state: ChatState, event: LiveEventOf<'receipt'>): ChatState {
  return update(state, event.conversationId, (conversation) => {
    const { me } = conversation
    if (event.kind === 'delivered') {
      const deliveredPosition = Math.max(me.deliveredPosition, event.position)
      return { ...conversation, me: { ...me, deliveredPosition } }
    }
    if (event.position <= readUpTo(me)) return conversation
    const unread = unreadAfter(state, conversation, event.position)
    return { ...read(conversation, event.position), unread }
  })
}

/** Exact when the messages between the cursors, or all after the new one, are loaded. */
function unreadAfter(state: ChatState, conversation: ChatConversation, position: number): number {
  if (position >= conversation.lastPosition) return 0
  const messages = state.timelines[conversation.id]?.messages ?? []
  const isUnread = (message: Message) =>
    message.kind === 'text' && message.senderId !== state.self?.id && message.unsentAt === null
  if ((messages[0]?.position ?? Number.POSITIVE_INFINITY) <= readUpTo(conversation.me) + 1) {
    const from = readUpTo(conversation.me)
    const passed = messages.filter((m) => m.position > from && m.position <= position)
    return Math.max(0, conversation.unread - passed.filter(isUnread).length)
  }
  return Math.min(conversation.unread, conversation.lastPosition - position)
}

function isUnsentUnread(
  { self }: ChatState,
  { me }: ChatConversation,
  event: LiveEventOf<'edited' | 'unsent' | 'reaction'>,
): boolean {
  return event.type === 'unsent' && event.senderId !== self?.id && event.position > readUpTo(me)
}

function read(conversation: ChatConversation, position: number): ChatConversation {
  const { unreadFrom, readPosition } = conversation.me
  const isMarkLeft = unreadFrom !== null && position < readPosition
  const me = {
    ...conversation.me,
    unreadFrom: isMarkLeft ? Math.max(unreadFrom, position + 1) : null,
    readPosition: Math.max(conversation.me.readPosition, position),
    deliveredPosition: Math.max(conversation.me.deliveredPosition, position),
  }
  return { ...conversation, me, unread: 0 }
}

function mentionedIn(message: Message | null, state: ChatState): number {
  if (!message || message.senderId === state.self?.id) return 0
  return callsMe(message, state) ? message.position : 0
}

/** By name, with everybody, or by a word that I want to hear of. */
export function callsMe(
  message: Message,
  { self, keywords }: Pick<ChatState, 'self' | 'keywords'>,
): boolean {
  if (!self) return false
  if (message.mentionsAll === true || message.mentions.includes(self.id)) return true
  return message.kind === 'text' && hasKeyword(message.data ?? '', keywords)
}

function memberDelta(message: Message): number {
  if (message.kind !== 'system') return 0
  switch (message.event.type) {
    case 'joined':
      return message.event.userIds.length
    case 'left':
    case 'removed':
      return -1
    default:
      return 0
  }
}

function update(
  state: ChatState,
  id: string,
  change: (conversation: ChatConversation) => ChatConversation,
): ChatState {
  const conversation = state.conversations[id]
  if (!conversation) return state
  return { ...state, conversations: put(state.conversations, id, change(conversation)) }
}
