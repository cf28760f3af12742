import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

/** Old news of all conversations is one topic of a device; what it was told of is written down. */
export const summaries: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table notifications.old_news (
    user_id uuid not null,
    conversation_id uuid not null,
    first_position integer not null,
    position integer not null,
    title text not null,
    told_at timestamptz not null,
    primary key (user_id, conversation_id)
  ) with (fillfactor = 70)`,
  `create index old_news_of_conversation on notifications.old_news (conversation_id)`,
  `create table notifications.summed (
    delivery_id uuid not null references notifications.deliveries (id) on delete cascade,
    user_id uuid not null,
    conversation_id uuid not null,
    first_position integer not null,
    position integer not null,
    primary key (delivery_id, conversation_id)
  )`,
  `create index summed_of_message on notifications.summed (user_id, conversation_id, position)`,
  `alter table notifications.deliveries add column first_position integer`,
  // Each conversation was told of by itself: its topic counts them, and takes them back.
  `update notifications.notices set outcome = 'push' where outcome = 'digest'`,
]
