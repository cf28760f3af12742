import type { Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { Database, DraftRow } from '../db/schema.ts'

interface DraftChange {
  conversationId: string
  userId: string
  text: string
  at: Date
}

/**
 * Undefined for who is no member, or not any more: the lock waits for a removal under way. Times
 * rise, so that of two devices writing at once all devices take the same draft for the later one.
 */
export async function upsertDraft(
  sql: Sql,
  { conversationId, userId, text, at }: DraftChange,
): Promise<Date | undefined> {
  const [row] = await sql<Pick<DraftRow, 'updated_at'>[]>`
    with me as (
      select conversation_id, user_id from messages.participants
      where conversation_id = ${conversationId} and user_id = ${userId} and left_position is null
      for share
    )
    insert into messages.drafts as d (conversation_id, user_id, text, updated_at)
    select conversation_id, user_id, ${text}::text, ${at}::timestamptz from me
    on conflict (conversation_id, user_id) do update
      set text = excluded.text,
        updated_at = greatest(excluded.updated_at, d.updated_at + interval '1 millisecond')
    returning updated_at`
  return row?.updated_at
}

export async function deleteDraft(
  db: Kysely<Database>,
  conversationId: string,
  userId: string,
): Promise<void> {
  await db
    .deleteFrom('messages.drafts')
    .where('conversation_id', '=', conversationId)
    .where('user_id', '=', userId)
    .execute()
}
