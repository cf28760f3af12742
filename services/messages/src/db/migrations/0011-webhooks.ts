import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const webhooks: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table messages.webhooks (
    id uuid primary key,
    conversation_id uuid,
    url text not null,
    events text[] not null,
    secret text not null,
    state text not null check (state in ('on', 'off', 'gone')),
    created_by uuid not null,
    created_at timestamptz not null,
    rests_until timestamptz not null,
    last_try_at timestamptz,
    last_status integer,
    last_problem text
  )`,
  `create index webhooks_of_conversation on messages.webhooks (conversation_id, id)`,
  `create table messages.webhook_cursors (
    webhook_id uuid not null references messages.webhooks (id) on delete cascade,
    conversation_id uuid not null,
    position integer not null,
    primary key (webhook_id, conversation_id)
  ) with (fillfactor = 70)`,
  `create table messages.webhook_events (
    webhook_id uuid not null references messages.webhooks (id) on delete cascade,
    id text not null,
    type text not null,
    conversation_id uuid not null,
    position integer not null,
    happened_at timestamptz not null,
    state text not null check (state in ('waiting', 'failed')),
    tries integer not null default 0,
    next_at timestamptz not null,
    created_at timestamptz not null,
    status integer,
    problem text,
    primary key (webhook_id, id)
  ) with (fillfactor = 70)`,
  `create index webhook_events_due on messages.webhook_events (webhook_id, next_at)
    where state = 'waiting'`,
]
