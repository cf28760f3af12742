import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const addAdminsAndBots: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table users.users
    add column is_admin boolean not null default false,
    add column is_bot boolean not null default false`,
  `create index bots on users.users (id) where is_bot`,
  `alter table users.sessions drop constraint sessions_kind_check,
    add constraint sessions_kind_check check (kind in ('app', 'web', 'bot'))`,
]
