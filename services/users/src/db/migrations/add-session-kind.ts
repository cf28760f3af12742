import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const addSessionKind: Migration = {
  async up(db) {
    await sql`alter table users.sessions add column kind text not null default 'app'
      check (kind in ('app', 'web'))`.execute(db)
  },
}
