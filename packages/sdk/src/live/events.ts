import type {
  Conversation,
  ConversationSettings,
  FrameOf,
  Message,
  ParticipantChange,
  Reaction,
} from '@chatapp/protocol'
import type { OutboxEvent } from '../outbox/outbox.ts'
import type { ConnectionState } from '../socket/state.ts'

/** A change of a conversation's log. Each comes exactly once, in the order of its versions. */
interface Change {
  conversationId: string
  version: number
  /** `live`: as it happened; `sync`: after a gap or a reconnect. */
  source: 'live' | 'sync'
}

/**
 * A new position of the log, text or system line. By `sync` it comes as it is now: perhaps edited,
 * reacted to or unsent already.
 */
export interface MessageAdded extends Change {
  type: 'message'
  message: Message
  /** The sender's display name, where the server told it along (live texts). */
  senderName: string | null
  /** It tells that its sender has read up to it. By `sync` it never does. */
  impliesRead: boolean
}

interface MessageChange extends Change {
  messageId: string
  position: number
  /** The whole message as it is now; null when only the change itself is known (live). */
  message: Message | null
}

export interface MessageEdited extends MessageChange {
  type: 'edited'
  senderId: string
  data: string
  mentions: string[]
  /** Everybody in the group is mentioned. */
  mentionsAll?: true | undefined
  editedAt: string
}

export interface MessageUnsent extends MessageChange {
  type: 'unsent'
  senderId: string
  unsentAt: string
}

/**
 * All reactions of a message as they are now. By `sync` an edited message gives this beside
 * `edited`, with the same version: the log does not tell which of the two changed.
 */
export interface ReactionsChanged extends MessageChange {
  type: 'reaction'
  reactions: Reaction[]
}

/** Title or policies changed. Its system line follows as `message`. */
export interface ConversationChanged extends Change {
  type: 'conversation'
  settings: ConversationSettings
}

/** People joined, left or changed their role. The system line follows as `message`. */
export interface ParticipantsChanged extends Change {
  type: 'participant'
  participants: ParticipantChange[]
}

/** A conversation of mine that was not known here; `initial` for those found on connecting. */
export interface Joined {
  type: 'joined'
  conversation: Conversation
  initial: boolean
}

/** I am in this conversation no more. */
export interface Left {
  type: 'left'
  conversationId: string
}

/** More changed than sync gives: forget what is loaded of it and page its history. */
export interface Reset {
  type: 'reset'
  conversationId: string
  conversation: Conversation
}

export interface StateChanged {
  type: 'state'
  state: ConnectionState
}

export type LogChange =
  | MessageAdded
  | MessageEdited
  | MessageUnsent
  | ReactionsChanged
  | ConversationChanged
  | ParticipantsChanged
export type LogEvent = LogChange | Joined | Left | Reset

/** Everything that a connection tells, by its `type`. */
export type LiveEvent =
  | LogEvent
  | FrameOf<'receipt'>
  | FrameOf<'draft'>
  | FrameOf<'own'>
  | FrameOf<'self'>
  | FrameOf<'typing'>
  | FrameOf<'presence'>
  | StateChanged
  | OutboxEvent
export type LiveEventOf<T extends LiveEvent['type']> = Extract<LiveEvent, { type: T }>
