import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

// Apart from the participants: their rows are written anew with every message.
export const drafts: Migration = {
  async up(db) {
    await sql`create table messages.drafts (
      conversation_id uuid not null,
      user_id uuid not null,
      text text not null,
      updated_at timestamptz not null,
      primary key (conversation_id, user_id)
    )`.execute(db)
  },
}
