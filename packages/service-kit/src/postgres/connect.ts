import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { StartError } from '../environment.ts'
import { toConnectionLoss } from './errors.ts'
import { createSql, type Sql } from './sql.ts'

export interface PostgresTarget {
  /** `postgres://…`, or where an embedded server listens. */
  url?: string
  socket?: { host: string; port: number; database: string; username: string; password: string }
}

interface PostgresOptions {
  target: PostgresTarget
  /** Shown in pg_stat_activity. */
  name: string
  maxConnections: number
  /** Settings of PostgreSQL for these connections. */
  settings?: Record<string, string>
  /** `unlimited`: for work that takes as long as it takes. */
  time?: 'limited' | 'unlimited'
}

/** A pool: `sql` for hot paths, `db` for everything else. */
export interface Postgres<Schema> extends AsyncDisposable {
  sql: Sql
  db: Kysely<Schema>
}

const TIME_LIMITS = {
  statement_timeout: 15_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 15_000,
  /** When the server does not even say that the time is over: a half-open connection. */
  query_timeout: 20_000,
}
const CLOSE_TIMEOUT_MS = 3_000
const CONNECT_TIMEOUT_MS = 5_000
const REACHABLE_WITHIN_MS = 30_000
const OLDEST_SERVER = 150_000
/** Errors that waiting does not mend: bad credentials, no such database or role. */
const HOPELESS = new Set(['28P01', '28000', '3D000'])

export async function connectPostgres<Schema>(options: PostgresOptions): Promise<Postgres<Schema>> {
  const pool = openPool(options)
  const sql = createSql(pool)
  try {
    await waitUntilReachable(sql)
    await refuseOldServer(sql)
  } catch (error) {
    await pool.end()
    throw error
  }
  const connect = () =>
    pool.connect().catch((error: unknown) => Promise.reject(toConnectionLoss(error)))
  // Closing is ours: Kysely would close the pool under `sql`.
  const dialect = new PostgresDialect({ pool: { connect, end: async () => {}, options: {} } })
  let closed: Promise<void> | undefined
  return {
    sql,
    db: new Kysely<Schema>({ dialect }),
    [Symbol.asyncDispose]: () => (closed ??= closeWithin(pool, CLOSE_TIMEOUT_MS)),
  }
}

/** A connection that never comes back must not keep the process from ending. */
async function closeWithin(pool: pg.Pool, ms: number): Promise<void> {
  const late = new AbortController()
  await Promise.race([pool.end(), sleep(ms, undefined, { signal: late.signal, ref: false })])
  late.abort()
}

function openPool({ target, name, maxConnections, settings = {}, time }: PostgresOptions): pg.Pool {
  const { url, socket } = target
  const pool = new pg.Pool({
    ...(url ? { connectionString: url } : { ...socket, user: socket?.username }),
    max: maxConnections,
    pipeline: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 0,
    keepAlive: true,
    application_name: `chatapp ${name}`,
    ...(time !== 'unlimited' && TIME_LIMITS),
    options: Object.entries(settings)
      .map(([setting, value]) => `-c ${setting}=${value}`)
      .join(' '),
    types: { getTypeParser: parserOf },
  } as pg.PoolConfig)
  // Whoever uses a connection learns of its end by its statement; an idle one is replaced unnoticed.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const INT8 = 20

// Positions and counts stay far below 2^53.
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')

async function waitUntilReachable(sql: Sql): Promise<void> {
  const giveUpAt = Date.now() + REACHABLE_WITHIN_MS
  for (;;) {
    const failure = await sql`select 1`.then(
      () => undefined,
      (error: Error & { code?: string }) => error,
    )
    if (!failure) return
    if (HOPELESS.has(failure.code ?? '') || Date.now() > giveUpAt) throw unreachable(failure)
    await sleep(500)
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
