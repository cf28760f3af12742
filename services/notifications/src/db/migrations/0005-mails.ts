import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const mails: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table notifications.mails (
    id uuid primary key,
    user_id uuid not null,
    kind text not null,
    state text not null default 'waiting'
      check (state in ('waiting', 'sent', 'refused', 'given-up', 'unwanted')),
    tries integer not null default 0,
    next_at timestamptz not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    status integer
  ) with (fillfactor = 70)`,
  `create index mails_due on notifications.mails (next_at) where state = 'waiting'`,
  `create index mails_by_end on notifications.mails using brin (ended_at)`,
]
