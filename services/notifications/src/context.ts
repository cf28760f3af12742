import type { Kysely } from 'kysely'
import type { NotificationsConfig } from './config.ts'
import type { Database } from './db/schema.ts'

export interface Context {
  db: Kysely<Database>
  config: NotificationsConfig
  now: () => number
  /** The public half of the VAPID keys, base64url. */
  vapidPublicKey: string
}
