import type { Conversation, Message, MessageReceipts, OwnUser } from '@chatapp/protocol'
import { client } from '../session/client.ts'
import { readUpTo, withConversation, withMark, withOwnReceipt } from './conversations.ts'
import { getConnection } from './live.ts'
import { emptyDraft, put } from './state.ts'
import { change, chat, flush } from './store.ts'
import { askOtherTab } from './tabs.ts'
import { findMessage, withMessage } from './timeline.ts'

/** Puts a message into the outbox; it shows at once and goes out when there is a connection. */
export function sendMessage(conversationId: string, text: string, replyTo: string | null): void {
  getConnection().send(conversationId, text, { replyTo })
  flush()
}

export function retryMessage(clientId: string): void {
  if (askOtherTab('retry', clientId)) return
  getConnection().outbox.retry(clientId)
  flush()
}

export function discardMessage(clientId: string): void {
  if (askOtherTab('discard', clientId)) return
  getConnection().outbox.discard(clientId)
  flush()
}

/** @throws {ChatError | NetworkError} */
export async function editMessage(messageId: string, text: string): Promise<void> {
  showMessage(await client.messages.edit(messageId, text))
}

/** @throws {ChatError | NetworkError} */
export async function unsendMessage(messageId: string): Promise<void> {
  showMessage(await client.messages.unsend(messageId))
}

/** Shows it at once, and takes it back when the server refuses. @throws {ChatError | NetworkError} */
export async function toggleReaction(message: Message, emoji: string): Promise<void> {
  const { self } = chat.getState()
  if (!self) return
  const isMine = message.reactions.some((r) => r.emoji === emoji && r.userIds.includes(self.id))
  showMessage({ ...message, reactions: toggled(message, emoji, self.id) })
  try {
    const { react, unreact } = client.messages
    showMessage(await (isMine ? unreact : react)(message.id, emoji))
  } catch (error) {
    showMessage(message)
    throw error
  }
}

/** @throws {ChatError | NetworkError} */
export function receiptsOf(messageId: string): Promise<MessageReceipts> {
  return client.messages.receipts(messageId)
}

/** Says that everything up to here has been displayed. */
export function markRead(conversationId: string, position: number): void {
  const { self, conversations, timelines } = chat.getState()
  const conversation = conversations[conversationId]
  if (!self || !conversation || position <= readUpTo(conversation.me)) return
  if (timelines[conversationId]?.staysUnread) return
  getConnection().markRead(conversationId, position)
  const at = new Date().toISOString()
  const own = { conversationId, position, at, kind: 'read' as const, userId: self.id }
  change((state) => withOwnReceipt(state, { type: 'receipt', ...own }))
}

/** Counts it and what follows as unread, on all devices. @throws {ChatError | NetworkError} */
export async function markUnread({ conversationId, position }: Message): Promise<void> {
  const conversation = await client.conversations.markUnread(conversationId, position)
  change((state) => withMark(withConversation(state, conversation), conversationId, position))
}

/** May be called on every key. */
export function tellTyping(conversationId: string): void {
  getConnection().typing(conversationId)
}

export function retryConnection(): void {
  getConnection().retryNow()
}

/** Shows what the server answered about a conversation: created, renamed, pinned … */
export function showConversation(conversation: Conversation): void {
  change((state) => withConversation(state, conversation))
}

/** Shows what the server answered about me, also where I appear among the people. */
export function showSelf(user: OwnUser): void {
  const { email: _private, createdAt: _since, preferences: _mine, ...person } = user
  change((state) => ({ ...state, self: user, people: put(state.people, user.id, person) }))
}

/** Shows what the server answered about a message. */
export function showMessage(message: Message): void {
  const { conversationId } = message
  change((state) => {
    const timeline = state.timelines[conversationId]
    if (!timeline || !findMessage(timeline, message.id)) return state
    const next = withMessage(timeline, message)
    return { ...state, timelines: put(state.timelines, conversationId, next) }
  })
}

export function draftText(conversationId: string): string {
  return chat.getState().drafts[conversationId]?.text ?? ''
}

export function setDraftText(conversationId: string, text: string): void {
  change((state) => {
    const draft = state.drafts[conversationId] ?? emptyDraft
    const isUnsaved = draft.editing === null || draft.isUnsaved
    const next = { ...draft, text, isUnsaved, writtenAt: Date.now() }
    return { ...state, drafts: put(state.drafts, conversationId, next) }
  })
}

/** After sending or editing. What was being written before an edit comes back. */
export function endDraft(conversationId: string): void {
  change((state) => {
    const draft = state.drafts[conversationId] ?? emptyDraft
    const rest = draft.editing
      ? { ...draft, text: draft.editing.kept, editing: null }
      : { ...emptyDraft, isUnsaved: true }
    const next = { ...rest, writtenAt: Date.now() }
    return { ...state, drafts: put(state.drafts, conversationId, next) }
  })
}

function toggled({ reactions }: Message, emoji: string, userId: string): Message['reactions'] {
  const known = reactions.find((reaction) => reaction.emoji === emoji)
  if (!known) return [...reactions, { emoji, userIds: [userId] }]
  const isMine = known.userIds.includes(userId)
  const userIds = isMine ? known.userIds.filter((id) => id !== userId) : [...known.userIds, userId]
  const next = reactions.map((reaction) => (reaction === known ? { emoji, userIds } : reaction))
  return next.filter((reaction) => reaction.userIds.length > 0)
}
