import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

// Null for all who hide nothing, so that nobody's row has to be written anew.
export const privateReads: Migration = {
  async up(db) {
    await sql`alter table messages.participants add column shown_read_position integer`.execute(db)
  },
}
