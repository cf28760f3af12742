import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const hooks: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table messages.hooks (
    id uuid primary key,
    conversation_id uuid not null,
    bot_id uuid not null,
    secret_hash bytea not null,
    may_call_all boolean not null,
    created_by uuid not null,
    created_at timestamptz not null,
    deleted_at timestamptz
  )`,
  `create index hooks_of_conversation on messages.hooks (conversation_id, id)
    where deleted_at is null`,
]
