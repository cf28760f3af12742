import { readUpTo } from './conversations.ts'
import type { ChatConversation, ChatState } from './state.ts'

/** Pinned ones first, then by latest activity. */
export function selectConversationIds({ conversations }: ChatState): string[] {
  if (sorted?.of === conversations) return sorted.ids
  const ids = Object.values(conversations)
    .sort((a, b) => Number(b.me.pinned) - Number(a.me.pinned) || byActivity(a, b))
    .map(({ id }) => id)
  sorted = { of: conversations, ids }
  return ids
}

/** Asked for on every change of anything, so it is sorted once per change of conversations. */
let sorted: { of: ChatState['conversations']; ids: string[] } | null = null

/** What the badge in the title counts: muted conversations only with their mentions. */
export function selectUnreadTotal({ conversations }: ChatState): number {
  return Object.values(conversations).reduce((total, conversation) => {
    if (!isMuted(conversation, Date.now())) return total + conversation.unread
    return total + (hasMention(conversation) ? 1 : 0)
  }, 0)
}

export function hasMention({ unread, mentionedPosition, me }: ChatConversation): boolean {
  return unread > 0 && mentionedPosition > readUpTo(me)
}

type Mutable = { me: Pick<ChatConversation['me'], 'notify' | 'mutedUntil'> }

export function isMuted({ me }: Mutable, now: number): boolean {
  if (me.notify === 'nothing') return true
  return me.mutedUntil !== null && Date.parse(me.mutedUntil) > now
}

/** The other one of a direct conversation; oneself when talking to oneself. */
export function otherPersonId(
  { kind, participants }: Pick<ChatConversation, 'kind' | 'participants'>,
  selfId: string | undefined,
): string | null {
  if (kind !== 'direct') return null
  return (participants?.find(({ id }) => id !== selfId) ?? participants?.[0])?.id ?? null
}

/** The name to show: the title, or the other person's name. */
export function conversationName(
  conversation: ChatConversation,
  state: Pick<ChatState, 'people' | 'self'>,
): string {
  if (conversation.title) return conversation.title
  const other = otherPersonId(conversation, state.self?.id)
  return (other && state.people[other]?.displayName) || '…'
}

function byActivity(a: ChatConversation, b: ChatConversation): number {
  const at = (conversation: ChatConversation) =>
    conversation.lastMessage?.sentAt ?? conversation.createdAt
  // ISO times compare as they are; localeCompare takes 10 ms for a thousand of them.
  return Number(at(b) > at(a)) - Number(at(b) < at(a))
}
