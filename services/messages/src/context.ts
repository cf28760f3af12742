import type { UsersApi } from '@chatapp/protocol'
import type { Bus, Logger, Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { Replica } from './db/replica.ts'
import type { Database } from './db/schema.ts'
import type { Writer } from './db/writer.ts'
import type { Outbox } from './log/outbox.ts'
import type { People } from './people.ts'

/** What every verb of this service may use. */
export interface Context {
  sql: Sql
  searches: Sql
  sends: Writer
  cursors: Writer
  db: Kysely<Database>
  /** For old pages of history; undefined where there is none. */
  replica: Replica | undefined
  bus: Bus
  users: UsersApi
  people: People
  outbox: Outbox
  log: Logger
  now: () => number
  /** The group of everybody; null when there is none. */
  lobbyId: string | null
}
