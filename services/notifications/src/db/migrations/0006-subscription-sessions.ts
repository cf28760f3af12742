import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

/** A subscription ends with the session that made it; those of before learn theirs when next seen. */
export const subscriptionSessions: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table notifications.subscriptions
    add column session_id uuid,
    add column seen_at timestamptz not null default now()`,
  `create index subscriptions_of_session on notifications.subscriptions (session_id)`,
]
