import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const unreadMarks: Migration = {
  async up(db) {
    await sql`alter table messages.participants add column unread_from integer`.execute(db)
  },
}
