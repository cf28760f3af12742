import {
  Counter,
  type Logger,
  openPostgres,
  type Postgres,
  type PostgresTarget,
  type Registry,
  type Sql,
} from '@chatapp/service-kit'
import type { Database } from './schema.ts'

/** A copy of the database that lags a little, and that may be away. */
export interface Replica extends AsyncDisposable {
  /** What it has; undefined when it can't be asked or has not come as far as `look` wants. */
  ask<T>(look: (sql: Sql) => Promise<T | undefined>): Promise<T | undefined>
}

/** Whoever did not answer is not asked again at once: each try costs a request its time. */
const AWAY_FOR_MS = 5_000
/** A page that the primary could have given meanwhile. */
const ANSWERS_WITHIN = { connectTimeoutMs: 1_000, statementTimeoutMs: 2_000 }

interface ReplicaOptions {
  target: PostgresTarget
  metrics: Registry
  log: Logger
  now: () => number
}

/** Undefined when there is none. */
export function openReplica({ target, metrics, log, now }: ReplicaOptions): Replica | undefined {
  const { replicaUrl: url, settings } = target
  if (url === undefined) return undefined
  const postgres: Postgres<Database> = openPostgres({
    target: { url, ...(settings && { settings: { ...settings, ...ANSWERS_WITHIN } }) },
    name: 'messages replica',
    metrics,
  })
  const answers = countAnswers(metrics)
  let awayUntil = 0
  return {
    async ask(look) {
      if (now() < awayUntil) return answers.count('away')
      try {
        const found = await look(postgres.sql)
        return found === undefined ? answers.count('behind') : answers.count('replica', found)
      } catch (error) {
        awayUntil = now() + AWAY_FOR_MS
        log.warn({ err: error }, 'the replica does not answer; the primary does')
        return answers.count('away')
      }
    },
    [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
  }
}

function countAnswers(metrics: Registry) {
  const pages = new Counter({
    name: 'chatapp_messages_old_pages_total',
    help: 'Old pages of history, by who gave them: the replica, or the primary because the replica was behind or away.',
    labelNames: ['from'],
    registers: [metrics],
  })
  return {
    count<T>(from: 'replica' | 'behind' | 'away', found?: T): T | undefined {
      pages.labels(from).inc()
      return found
    },
  }
}
