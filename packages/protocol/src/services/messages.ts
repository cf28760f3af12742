import type { SyncAnswer, SyncCursors, TextMessage } from '../shapes.ts'
import type { LogFrame, PassingFrame, Standing } from './events.ts'

export interface SendCommand {
  senderId: string
  /** Null: the lobby. */
  conversationId: string | null
  /** Null: the service makes one, and no retry is safe. */
  clientId: string | null
  data: string
  replyTo: string | null
  /** False: `@all` in it is text like any other. */
  mayCallAll?: boolean | undefined
}
export interface Sent {
  message: TextMessage
  /** False when an earlier try had stored it already. */
  created: boolean
}

export interface AdvanceCommand {
  userId: string
  conversationId: string
  read?: number
  delivered?: number
  /** An earlier try may have been stored by a process that ended before it told anybody. */
  again?: boolean
}

/** What a gateway missed of a conversation. */
export interface Missed {
  /** The conversation's last version; what the frames leave out up to here, sync tells. */
  version: number
  frames: LogFrame[]
  /** Members who joined, or changed otherwise, meanwhile. */
  joined: Standing[]
}

/** A message that somebody has not read, and that was for them in particular. */
export interface MissedMessage {
  conversationId: string
  position: number
  senderName: string
  /** Null in a direct conversation. */
  title: string | null
  text: string
  /** ISO 8601. */
  sentAt: string
}

/** What somebody has not read that was for them in particular. */
export interface Backlog {
  /** The latest ones, the oldest of them first. */
  items: MissedMessage[]
  /** Of all that there are. */
  count: number
}

/** What the messages service answers to other services. */
export interface MessagesApi {
  /** Resolves after the commit. Sends called in one order by one sender are numbered in that order. */
  send(command: SendCommand): Promise<Sent>
  advance(command: AdvanceCommand): Promise<void>
  typing(userId: string, conversationId: string): Promise<void>
  sync(userId: string, cursors: SyncCursors): Promise<SyncAnswer>
  /** Every conversation that the user is in now. */
  standings(userId: string): Promise<Standing[]>
  /** The last version by conversation id; unknown ids are left out. */
  heads(conversationIds: string[]): Promise<Record<string, number>>
  /** For a gateway that has heard all of the conversation up to this version. */
  missed(conversationId: string, sinceVersion: number): Promise<Missed>
  /** How far members have got who got on within so long; of large groups nobody is told that. */
  receiptsWithin(conversationIds: string[], ms: number): Promise<PassingFrame[]>
  /**
   * Direct messages, mentions and answers after this time (ISO 8601) that the user has not read, of
   * conversations that are not muted.
   */
  backlog(userId: string, after: string | null): Promise<Backlog>
  /** A new account: puts it into the lobby; idempotent. */
  registered(userIds: string[]): Promise<void>
}
