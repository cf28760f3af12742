import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const digests: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table notifications.digests (
    user_id uuid primary key,
    waiting_since timestamptz,
    look_at timestamptz not null,
    asked_at timestamptz,
    seen_at timestamptz,
    sent_at timestamptz,
    offered_until timestamptz,
    told_until timestamptz
  ) with (fillfactor = 70)`,
  `create index digests_to_look_at on notifications.digests (look_at)
    where waiting_since is not null`,
  // However many processes order one: while it waits there is no other.
  `create unique index digests_waiting on notifications.mails (user_id)
    where kind = 'digest' and state = 'waiting'`,
  `alter table notifications.preferences add column digest_every text
    check (digest_every in ('15min', 'hour', 'day'))`,
]
