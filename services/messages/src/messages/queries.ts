import { ChatError } from '@chatapp/protocol'
import type { Kysely, Transaction } from 'kysely'
import { hiddenUpTo } from '../conversations/policy.ts'
import type { Database, MessageRow } from '../db/schema.ts'
import type { OpenLog } from '../log/change.ts'
import { decodeMessageId, type MessageAddress } from './message-id.ts'

export function messageNotFound(): ChatError {
  return new ChatError('not-found', 'There is no such message, or it is not yours to see.')
}

export function getAddress(messageId: string): MessageAddress {
  const address = decodeMessageId(messageId)
  if (!address) throw messageNotFound()
  return address
}

/** The message at a position, if this member may see it. */
export async function getVisibleMessage(
  { trx, conversation, me }: Pick<OpenLog, 'conversation' | 'me'> & { trx: Kysely<Database> },
  position: number,
): Promise<MessageRow> {
  if (position <= hiddenUpTo(conversation, me)) throw messageNotFound()
  const row = await trx
    .selectFrom('messages.messages')
    .selectAll()
    .where('conversation_id', '=', conversation.id)
    .where('position', '=', position)
    .executeTakeFirst()
  if (!row) throw messageNotFound()
  return row
}

type MessageChange = Partial<{
  body: string | null
  mentions: string[] | null
  reactions: string | null
  edited_at: Date
  unsent_at: Date
}>

/** Changes a message under the next version. */
export function updateMessage(
  log: OpenLog,
  position: number,
  change: MessageChange,
): Promise<MessageRow> {
  const trx: Transaction<Database> = log.trx
  return trx
    .updateTable('messages.messages')
    .set({ ...change, version: log.takeVersion() })
    .where('conversation_id', '=', log.conversation.id)
    .where('position', '=', position)
    .returningAll()
    .executeTakeFirstOrThrow()
}
