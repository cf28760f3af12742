/** What one client did or saw, as it wrote it down itself. */
export type Entry = { who: string } & (
  | { kind: 'sent'; conversationId: string; clientId: string; data: string }
  | { kind: 'acked'; conversationId: string; clientId: string; messageId: string; position: number }
  /** Live or by resume, in the order in which the connection told it. */
  | { kind: 'received'; conversationId: string; message: Seen }
  /** Read after a resync, ascending. */
  | { kind: 'paged'; conversationId: string; messages: Seen[] }
  /** At the end: the whole history. */
  | { kind: 'history'; conversationId: string; messages: Seen[] }
  | { kind: 'receipt'; conversationId: string; userId: string; of: ReceiptKind; position: number }
  /** At the end. */
  | { kind: 'counted'; conversationId: string; unread: number; readPosition: number }
  /** At the end: all hits. */
  | { kind: 'searched'; word: string; messageIds: string[] }
)
export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>
export type ReceiptKind = 'delivered' | 'read'

export interface Seen {
  id: string
  position: number
  senderId: string
  clientId: string
  /** Null when there is no text: a system line, or unsent. */
  data: string | null
}

/** What the database holds in the end. */
export interface Stored {
  conversations: { id: string; lastPosition: number }[]
  messages: StoredMessage[]
  participants: StoredParticipant[]
  advances: StoredAdvance[]
}

export interface StoredMessage {
  conversationId: string
  position: number
  version: number
  senderId: string
  clientId: string
  kind: 'text' | 'system'
  data: string | null
  isUnsent: boolean
}

export interface StoredParticipant {
  conversationId: string
  userId: string
  /** The last position before joining. */
  joined: number
  /** Null while a member. */
  left: number | null
  delivered: number
  read: number
}

/** The watermark went up after `from`, to `to`. */
export interface StoredAdvance {
  conversationId: string
  userId: string
  of: ReceiptKind
  from: number
  to: number
}

export type PromiseName = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8'

/** Something that must not be. */
export interface Violation {
  promise: PromiseName
  what: string
}

export function entriesOf<K extends Entry['kind']>(journal: Entry[], kind: K): EntryOf<K>[] {
  return journal.filter((entry): entry is EntryOf<K> => entry.kind === kind)
}
