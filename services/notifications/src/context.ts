import type { UsersApi } from '@chatapp/protocol'
import type { Bus, Logger, Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { NotificationsConfig } from './config.ts'
import type { Database } from './db/schema.ts'
import type { Unsubscribing } from './digests/tokens.ts'
import type { Meters } from './meters.ts'
import type { Postman } from './pushing/post.ts'
import type { Screens } from './screens/screens.ts'
import type { CatchingUp } from './summaries/catching-up.ts'

export interface Context {
  db: Kysely<Database>
  sql: Sql
  log: Logger
  bus: Bus
  users: Pick<UsersApi, 'liveSessions' | 'profiles'>
  config: NotificationsConfig
  now: () => number
  /** The public half of the VAPID keys, base64url. */
  vapidPublicKey: string
  postman: Postman
  screens: Screens
  catchingUp: CatchingUp
  meters: Meters
  unsubscribing: Unsubscribing
}
