import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const subscriptions: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table notifications.subscriptions (
    id uuid primary key,
    user_id uuid not null,
    endpoint text not null unique,
    p256dh text not null,
    auth text not null,
    created_at timestamptz not null
  )`,
  `create index subscriptions_of_user on notifications.subscriptions (user_id, id)`,
  `create table notifications.preferences (
    user_id uuid primary key,
    payload text not null check (payload in ('full', 'sender', 'none')),
    do_not_disturb jsonb,
    digest boolean not null,
    keywords text[] not null
  )`,
]
