import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

/** Each push service has a queue of its own, and each device may be asked to be left alone. */
export const lanes: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table notifications.subscriptions add column wait_until timestamptz`,
  // What a process of the version before adds meanwhile is a lane of its own.
  `alter table notifications.topics add column origin text not null default ''`,
  `update notifications.topics t set origin = substring(s.endpoint from '^[^/]*//[^/]+')
    from notifications.subscriptions s where s.id = t.subscription_id`,
  `create index topics_due_by_origin on notifications.topics (origin, next_at)
    where state <> 'shown'`,
  `drop index notifications.topics_due`,
]
