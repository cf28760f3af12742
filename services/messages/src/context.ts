import type { NotificationsApi, UsersApi } from '@chatapp/protocol'
import type { Bus, Counter, Logger, Outside, Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { MessagesConfig } from './config.ts'
import type { Replica } from './db/replica.ts'
import type { Database } from './db/schema.ts'
import type { Writer } from './db/writer.ts'
import type { Outbox } from './log/outbox.ts'
import type { People } from './people.ts'
import type { Engine } from './search/engine/engine.ts'
import type { SearchIndex } from './search/search-index.ts'
import type { WebhookMeters } from './webhooks/meters.ts'

/** What every verb of this service may use. */
export interface Context {
  sql: Sql
  searches: Sql
  /** Has the one connection that writes the index. */
  indexing: Sql
  /** Has the one connection that reads what others are to be told. */
  notifying: Sql
  search: Search
  sends: Writer
  cursors: Writer
  db: Kysely<Database>
  /** For old pages of history; undefined where there is none. */
  replica: Replica | undefined
  bus: Bus
  users: Pick<UsersApi, 'profiles' | 'idsByUsername'>
  notifications: NotificationsApi
  people: People
  outbox: Outbox
  log: Logger
  now: () => number
  /** The group of everybody; null when there is none. */
  lobbyId: string | null
  config: MessagesConfig
  /** Where people reach us, without a path, when that is not the host that they call. */
  publicUrl: string | undefined
  /** Servers that people have named. */
  outside: Outside
  webhookMeters: WebhookMeters
}

/** The index in PostgreSQL and what is known of its state, and the engine that comes before it. */
export interface Search {
  index: SearchIndex
  /** False while what was said earlier is still being taken in. */
  isComplete: boolean
  /** Messages that the index in PostgreSQL would not take. */
  refusals: Counter
  engine: Engine | undefined
}
