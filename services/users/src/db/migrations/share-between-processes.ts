import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

/** What several processes of this service must all know. */
export const shareBetweenProcesses: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table users.signing_keys (
    kid text primary key,
    x text not null,
    used_at timestamptz not null
  )`,
  `create table users.avatars (
    key text primary key,
    picture bytea not null,
    stored_at timestamptz not null
  )`,
]
