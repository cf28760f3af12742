import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

/** What was taken to be on screen, and would be told if that screen turns out to have been dead. */
export const unseen: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table notifications.unseen (
    user_id uuid not null,
    conversation_id uuid not null,
    position integer not null,
    notice jsonb not null,
    at timestamptz not null,
    primary key (user_id, conversation_id, position)
  )`,
  `create index unseen_by_conversation on notifications.unseen (conversation_id, position)`,
  `create index unseen_by_age on notifications.unseen (at)`,
]
