import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { StartError } from '../environment.ts'
import type { Registry } from '../metrics.ts'
import { DEFAULT_SETTINGS, type PostgresSettings } from './config.ts'
import { GatheringSocket } from './gathering-socket.ts'
import { toKyselyPool } from './kysely-pool.ts'
import { observePool, type PoolMeters, unmetered } from './meters.ts'
import { createSql, type Sql } from './sql.ts'

export interface PostgresTarget {
  /** `postgres://…`, or where an embedded server listens. */
  url?: string
  socket?: { host: string; port: number; database: string; username: string; password: string }
  /** Past the pooler, for migrations. */
  directUrl?: string
  /** A copy that may lag, for reading what can wait. */
  replicaUrl?: string
  settings?: PostgresSettings
}

interface PostgresOptions {
  target: PostgresTarget
  /** Shown in pg_stat_activity. */
  name: string
  /** By default what the target's settings say. */
  maxConnections?: number
  /** Settings of PostgreSQL for these connections. */
  settings?: Record<string, string>
  /** `unlimited`: for work that takes as long as it takes. */
  time?: 'limited' | 'unlimited'
  metrics?: Registry
}

/** A pool: `sql` for hot paths, `db` for everything else. */
export interface Postgres<Schema> extends AsyncDisposable {
  sql: Sql
  db: Kysely<Schema>
}

/** When the server does not even say that the time is over: a half-open connection. */
const SILENCE_AFTER_TIMEOUT_MS = 5_000
const CLOSE_TIMEOUT_MS = 3_000
const REACHABLE_WITHIN_MS = 30_000
const OLDEST_SERVER = 150_000
/** Errors that waiting does not mend: bad credentials, no such database or role. */
const HOPELESS = new Set(['28P01', '28000', '3D000'])
/** How PgBouncer refuses what only a session of one's own can have. */
const REFUSED_BY_POOLER = /unsupported startup parameter/

export async function connectPostgres<Schema>(options: PostgresOptions): Promise<Postgres<Schema>> {
  const postgres = openPostgres<Schema>(options)
  try {
    await waitUntilReachable(postgres.sql)
    await refuseOldServer(postgres.sql)
    return postgres
  } catch (error) {
    await postgres[Symbol.asyncDispose]()
    throw error
  }
}

/** Connects with the first statement; the server may be away. */
export function openPostgres<Schema>(options: PostgresOptions): Postgres<Schema> {
  const { pooler } = settingsOf(options)
  const pool = openPool(options)
  const { name, metrics } = options
  const meters: PoolMeters = metrics ? observePool(metrics, name, pool) : unmetered
  const onFailure = meters.failed
  const onBegin = pooler === 'transaction' ? toSetLocal(sessionSettings(options)) : ''
  const names = pooler === 'transaction' ? 'none' : 'kept'
  let closed: Promise<void> | undefined
  async function close() {
    await closeWithin(pool, CLOSE_TIMEOUT_MS)
    meters.close()
  }
  return {
    sql: createSql(pool, { names, onBegin, onFailure }),
    db: new Kysely<Schema>({
      dialect: new PostgresDialect({ pool: toKyselyPool(pool, { onBegin, onFailure }) }),
    }),
    [Symbol.asyncDispose]: () => (closed ??= close()),
  }
}

const settingsOf = ({ target }: PostgresOptions) => target.settings ?? DEFAULT_SETTINGS

/** What PostgreSQL is told of this pool: once a session, or behind a pooler once a transaction. */
function sessionSettings(options: PostgresOptions): Record<string, string> {
  const isLimited = options.time !== 'unlimited'
  const { statementTimeoutMs, lockTimeoutMs } = settingsOf(options)
  // Said also when there is no limit: the role or the server may have one of its own.
  const limits = {
    statement_timeout: String((isLimited && statementTimeoutMs) || 0),
    lock_timeout: String((isLimited && lockTimeoutMs) || 0),
    idle_in_transaction_session_timeout: String((isLimited && statementTimeoutMs) || 0),
  }
  return { ...limits, ...options.settings }
}

const toSetLocal = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([name, value]) => `; set local ${name} = '${value}'`)
    .join('')

/** A connection that never comes back must not keep the process from ending. */
async function closeWithin(pool: pg.Pool, ms: number): Promise<void> {
  const late = new AbortController()
  await Promise.race([pool.end(), sleep(ms, undefined, { signal: late.signal, ref: false })])
  late.abort()
}

function openPool(options: PostgresOptions): pg.Pool {
  const { target, name, maxConnections } = options
  const { url, socket } = target
  const { poolSize, connectTimeoutMs, idleTimeoutMs, statementTimeoutMs, pooler } =
    settingsOf(options)
  const isLimited = options.time !== 'unlimited' && statementTimeoutMs !== null
  const pool = new pg.Pool({
    ...(url ? { connectionString: url } : { ...socket, user: socket?.username }),
    max: maxConnections ?? poolSize,
    pipeline: true,
    stream: () => new GatheringSocket(),
    connectionTimeoutMillis: connectTimeoutMs ?? 0,
    idleTimeoutMillis: idleTimeoutMs ?? 0,
    keepAlive: true,
    application_name: `chatapp ${name}`,
    ...(isLimited && { query_timeout: statementTimeoutMs + SILENCE_AFTER_TIMEOUT_MS }),
    ...(pooler === 'none' && { options: toStartupOptions(sessionSettings(options)) }),
    types: { getTypeParser: parserOf },
  } as pg.PoolConfig)
  // Whoever uses a connection learns of its end by its statement; an idle one is replaced unnoticed.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const toStartupOptions = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

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
    if (isHopeless(failure) || Date.now() > giveUpAt) throw unreachable(failure)
    await sleep(500)
  }
}

const isHopeless = ({ code = '', message }: Error & { code?: string }) =>
  HOPELESS.has(code) || REFUSED_BY_POOLER.test(message)

function unreachable(failure: Error): StartError {
  if (REFUSED_BY_POOLER.test(failure.message)) {
    return new StartError(
      `A pooler answers in the database's place (${failure.message}); set DATABASE_POOLER to transaction`,
    )
  }
  return new StartError(`The database can't be reached (${failure.message}); check DATABASE_URL`)
}

async function refuseOldServer(sql: Sql): Promise<void> {
  const [row] = await sql<{ number: number; version: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`
  if (row && row.number < OLDEST_SERVER) {
    throw new StartError(`The database is PostgreSQL ${row.version}; ChatApp needs 15 or later`)
  }
}
