import { Kysely } from 'kysely'
import { PostgresJSDialect } from 'kysely-postgres-js'
import postgres, { type Sql } from 'postgres'
import { StartError } from '../environment.ts'

export type { Sql } from 'postgres'

export interface PostgresTarget {
  /** `postgres://…`, or where an embedded server listens. */
  url?: string
  socket?: { host: string; port: number; database: string; username: string; password: string }
}

export interface PostgresOptions {
  target: PostgresTarget
  /** Shown in pg_stat_activity. */
  name: string
  maxConnections: number
}

/** A pool: `sql` for hot paths, `db` for everything else. */
export interface Postgres<Schema> extends AsyncDisposable {
  sql: Sql
  db: Kysely<Schema>
}

const STATEMENT_TIMEOUT_MS = 15_000
const LOCK_TIMEOUT_MS = 5_000
const REACHABLE_WITHIN_MS = 30_000
const OLDEST_SERVER = 150_000
/** Errors that waiting does not mend: bad credentials, no such database or role. */
const HOPELESS = new Set(['28P01', '28000', '3D000'])

export async function connectPostgres<Schema>(options: PostgresOptions): Promise<Postgres<Schema>> {
  const sql = openPool(options)
  try {
    await waitUntilReachable(sql)
    await refuseOldServer(sql)
  } catch (error) {
    await sql.end({ timeout: 1 })
    throw error
  }
  const db = new Kysely<Schema>({ dialect: new PostgresJSDialect({ postgres: sql }) })
  return { sql, db, [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }) }
}

function openPool({ target, name, maxConnections }: PostgresOptions): Sql {
  const shared = {
    max: maxConnections,
    connect_timeout: 5,
    onnotice: () => {},
    connection: {
      application_name: `chatapp ${name}`,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    },
    // Positions and counts stay far below 2^53.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  }
  return (target.url
    ? postgres(target.url, shared)
    : postgres({ ...target.socket, ...shared })) as unknown as Sql
}

async function waitUntilReachable(sql: Sql): Promise<void> {
  const giveUpAt = Date.now() + REACHABLE_WITHIN_MS
  for (;;) {
    const failure = await sql`select 1`.then(
      () => undefined,
      (error: Error & { code?: string }) => error,
    )
    if (!failure) return
    if (HOPELESS.has(failure.code ?? '') || Date.now() > giveUpAt) throw unreachable(failure)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function unreachable(failure: Error): StartError {
  return new StartError(`The database can't be reached (${failure.message}); check DATABASE_URL`)
}

async function refuseOldServer(sql: Sql): Promise<void> {
  const [row] = await sql<{ number: number; version: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`
  if (row && row.number < OLDEST_SERVER) {
    throw new StartError(`The database is PostgreSQL ${row.version}; ChatApp needs 15 or later`)
  }
}
