import type { NotifyLevel } from '../shapes.ts'

/** Why a message may concern somebody more than others do; `all` is the call of everybody. */
export type Calling = 'direct' | 'mention' | 'reply' | 'all'

/** Somebody whom a message may concern. */
export interface Addressee {
  userId: string
  /** Undefined: it is one message among others. */
  calling?: Calling | undefined
  level: NotifyLevel
  /** ISO 8601. */
  mutedUntil: string | null
  readPosition: number
}

export interface MessageNotice {
  type: 'message'
  conversationId: string
  position: number
  senderId: string
  senderName: string
  /** Null in a direct conversation. */
  title: string | null
  text: string
  /** ISO 8601. */
  sentAt: string
  addressees: Addressee[]
}

/** A change that somebody may have to be told, or be told no more. */
export type NotificationChange =
  | MessageNotice
  | { type: 'edited'; conversationId: string; position: number; text: string }
  | { type: 'unsent'; conversationId: string; position: number }
  | { type: 'read'; conversationId: string; userId: string; position: number }
  | { type: 'left'; conversationId: string; userId: string }

/** What the notifications service answers to other services. */
export interface NotificationsApi {
  /** The same again changes nothing. */
  changed(changes: NotificationChange[]): Promise<void>
  /** Those who are to hear of words of theirs, whatever else a message says. */
  waitingForWords(): Promise<string[]>
  /** Of each text those among the people asked about who wait for a word in it. */
  wordsFound(asked: { text: string; userIds: string[] }[]): Promise<string[][]>
}
