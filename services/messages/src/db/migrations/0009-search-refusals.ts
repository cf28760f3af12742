import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

// Beside those of the engine: what one index refuses may be no trouble for the other.
export const searchRefusals: Migration = {
  async up(db) {
    await sql`create table messages.search_refusals (
      conversation_id uuid not null,
      position integer not null,
      version integer not null,
      reason text not null,
      refused_at timestamptz not null,
      primary key (conversation_id, position)
    )`.execute(db)
  },
}
