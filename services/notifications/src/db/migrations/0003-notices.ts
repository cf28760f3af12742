import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const notices: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table notifications.notices (
    user_id uuid not null,
    conversation_id uuid not null,
    position integer not null,
    id uuid not null,
    outcome text not null,
    reason text not null,
    decided_at timestamptz not null,
    primary key (user_id, conversation_id, position)
  )`,
  `create index notices_in_order on notifications.notices (user_id, id)`,
  `create index notices_by_age on notifications.notices using brin (decided_at)`,
  `create table notifications.topics (
    subscription_id uuid not null references notifications.subscriptions (id) on delete cascade,
    conversation_id uuid not null,
    user_id uuid not null,
    state text not null check (state in ('waiting', 'shown', 'closing')),
    urgency text not null check (urgency in ('high', 'normal', 'low')),
    first_position integer not null,
    position integer not null,
    count integer not null,
    title text,
    body text,
    generation integer not null default 0,
    is_out boolean not null default false,
    tries integer not null default 0,
    next_at timestamptz not null,
    created_at timestamptz not null,
    primary key (subscription_id, conversation_id)
  ) with (fillfactor = 70)`,
  `create index topics_due on notifications.topics (next_at) where state <> 'shown'`,
  `create index topics_of_conversation on notifications.topics (conversation_id, user_id)`,
  `create table notifications.deliveries (
    id uuid primary key,
    user_id uuid not null,
    conversation_id uuid not null,
    subscription_id uuid not null,
    position integer not null,
    kind text not null check (kind in ('message', 'close')),
    outcome text not null,
    status integer,
    at timestamptz not null
  )`,
  `create index deliveries_of_message
    on notifications.deliveries (user_id, conversation_id, position)`,
  `create index deliveries_by_age on notifications.deliveries using brin (at)`,
]
