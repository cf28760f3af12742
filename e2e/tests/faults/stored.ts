import type { TestDatabase } from '@chatapp/dev-env'
import { connectPostgres } from '@chatapp/service-kit'
import type {
  Stored,
  StoredAdvance,
  StoredMessage,
  StoredParticipant,
} from '../../src/checker/journal.ts'

/** What the tables say of these conversations. */
export async function readStored(database: TestDatabase, ids: string[]): Promise<Stored> {
  await using postgres = await connectPostgres({
    target: database.admin,
    name: 'the checker',
    maxConnections: 1,
  })
  const { sql } = postgres
  return {
    conversations: await sql<Stored['conversations']>`
      select id, last_position::int as "lastPosition" from messages.conversations
      where id = any(${ids})`,
    messages: await sql<StoredMessage[]>`
      select conversation_id as "conversationId", position::int, version::int,
        sender_id as "senderId", client_id as "clientId", kind, body as data,
        unsent_at is not null as "isUnsent"
      from messages.messages where conversation_id = any(${ids})`,
    participants: await sql<StoredParticipant[]>`
      select conversation_id as "conversationId", user_id as "userId",
        joined_position::int as joined, left_position::int as left,
        delivered_position::int as delivered, read_position::int as read
      from messages.participants where conversation_id = any(${ids})`,
    advances: await sql<StoredAdvance[]>`
      select conversation_id as "conversationId", user_id as "userId", kind as of,
        from_position::int as from, to_position::int as to
      from messages.status_advances where conversation_id = any(${ids})`,
  }
}
