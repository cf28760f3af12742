import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

/** Everything said before is known: nobody is told of it now. */
export const notifying: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table messages.notified (
    conversation_id uuid primary key,
    position integer not null
  ) with (fillfactor = 70)`,
  `insert into messages.notified
    select id, last_position from messages.conversations where last_position > 0`,
  `create table messages.reads_to_tell (
    id uuid primary key,
    conversation_ids uuid[] not null,
    user_ids uuid[] not null,
    positions integer[] not null
  )`,
]
