import type {
  Conversation,
  Message,
  OwnUser,
  Participant,
  PresenceState,
  User,
} from '@chatapp/protocol'
import type { ConnectionState, LogChange, OutboxItem } from '@chatapp/sdk'

export interface ChatConversation extends Conversation {
  /** The newest message that mentions me; 0 when none is known. */
  mentionedPosition: number
}

/** One contiguous stretch of a conversation's messages, as loaded here. */
export interface Timeline {
  /** `stale`: more has happened than can be told; shown until it is loaded anew. */
  status: 'loading' | 'ready' | 'stale' | 'failed'
  /** A page is on its way at this end. */
  busy: 'older' | 'newer' | null
  /** Ascending by position. */
  messages: Message[]
  /** What to ask older ones with; null at the beginning. */
  before: number | null
  /** What to ask newer ones with; null when the newest is here: live messages are appended then. */
  after: number | null
  /** The "new" divider stands above the first message of others from here on; null: no divider. */
  unreadFrom: number | null
  /** Marked unread while one looks at it: nothing counts as read until it is opened again. */
  staysUnread: boolean
  /** The newest message is on the screen, so what is far above it may be dropped. */
  isFollowing: boolean
  /** What happened while a page was on its way; it may not know of it. */
  missed: LogChange[]
}

/** What is being written in a conversation. */
export interface Draft {
  text: string
  /** The message that is replied to. */
  replyTo: string | null
  /** The own message that is being edited, with the text that was there before. */
  editing: { messageId: string; kept: string } | null
  /** The server does not have this text yet. */
  isUnsaved: boolean
  /** When something was last done to it (milliseconds since 1970): of two tabs the later counts. */
  writtenAt: number
}

export type Members = Record<string, Participant>

export interface ChatState {
  self: OwnUser | null
  connection: ConnectionState
  /** `kept`: as of an earlier visit; `live`: as the server says. */
  loaded: 'nothing' | 'kept' | 'live'
  conversations: Record<string, ChatConversation>
  timelines: Record<string, Timeline>
  /** By conversation, then by user; absent until loaded. */
  members: Record<string, Members>
  people: Record<string, User>
  /** By id: messages that others answer, as far as they are in no timeline here. */
  quoted: Record<string, Message>
  presence: Record<string, PresenceState>
  /** By conversation: who types, until when (milliseconds since 1970). */
  typing: Record<string, Record<string, number>>
  /** By conversation, in order. */
  pending: Record<string, OutboxItem[]>
  drafts: Record<string, Draft>
  /** Words that count as a mention of me. */
  keywords: readonly string[]
}

export const emptyState: ChatState = {
  self: null,
  connection: { kind: 'connecting', attempt: 0 },
  loaded: 'nothing',
  conversations: {},
  timelines: {},
  members: {},
  people: {},
  quoted: {},
  presence: {},
  typing: {},
  pending: {},
  drafts: {},
  keywords: [],
}

export const emptyDraft: Draft = {
  text: '',
  replyTo: null,
  editing: null,
  isUnsaved: false,
  writtenAt: 0,
}

/** The record with one entry replaced. */
export function put<T>(record: Record<string, T>, key: string, value: T): Record<string, T> {
  return record[key] === value ? record : { ...record, [key]: value }
}

/** The record without one entry. */
export function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  if (!(key in record)) return record
  const { [key]: _gone, ...rest } = record
  return rest
}
