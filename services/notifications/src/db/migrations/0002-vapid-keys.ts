import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

/** One pair: browsers bind a subscription to the key that it was made with. */
export const vapidKeys: Migration = {
  async up(db) {
    await sql`
      create table notifications.vapid_keys (
        only_one boolean primary key default true check (only_one),
        public_key text not null,
        private_key text not null
      )`.execute(db)
  },
}
