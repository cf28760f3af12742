import type { ConversationRow } from '../db/schema.ts'
import type { MessageNews } from '../log/frames.ts'
import type { Called } from './mentions.ts'
import type { MessageAddress } from './message-id.ts'

/** A send with all that can be looked up before the lock. */
export interface Draft {
  /** Null: it was for a lobby that this server has not. */
  conversationId: string | null
  senderId: string
  senderName: string
  /** Sending must not tell what the sender has read. */
  hidesReads: boolean
  clientId: string
  data: string
  replyTo: MessageAddress | 'no such id' | null
  called: Called
}

/** A message that this batch makes. */
export interface Fresh extends MessageNews {
  conversation: Pick<ConversationRow, 'id' | 'history'>
}
