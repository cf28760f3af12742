import { z } from 'zod'
import {
  countVariable,
  durationVariable,
  type Environment,
  readEnvironment,
} from '../environment.ts'

/** How the services of this process use their databases. */
export interface PostgresSettings {
  /** The most connections of one service in one process, for what is neither sent nor searched. */
  poolSize: number
  /** Of all times here: null is no limit. */
  connectTimeoutMs: number | null
  /** Unused connections are closed after so long. */
  idleTimeoutMs: number | null
  statementTimeoutMs: number | null
  lockTimeoutMs: number | null
  /** `transaction`: a PgBouncer gives us another session with every transaction. */
  pooler: 'none' | 'transaction'
}

const variables = z.object({
  DATABASE_POOL_SIZE: countVariable({ min: 2, max: 500 }, 10),
  DATABASE_CONNECT_TIMEOUT: durationVariable('5s'),
  DATABASE_IDLE_TIMEOUT: durationVariable('off'),
  DATABASE_STATEMENT_TIMEOUT: durationVariable('15s'),
  DATABASE_LOCK_TIMEOUT: durationVariable('5s'),
  DATABASE_POOLER: z.enum(['none', 'transaction'], 'must be none or transaction').default('none'),
})

/** Throws a StartError that names every variable that is wrong. */
export function readPostgresSettings(env: Environment): PostgresSettings {
  const given = readEnvironment(variables, env)
  return {
    poolSize: given.DATABASE_POOL_SIZE,
    connectTimeoutMs: given.DATABASE_CONNECT_TIMEOUT,
    idleTimeoutMs: given.DATABASE_IDLE_TIMEOUT,
    statementTimeoutMs: given.DATABASE_STATEMENT_TIMEOUT,
    lockTimeoutMs: given.DATABASE_LOCK_TIMEOUT,
    pooler: given.DATABASE_POOLER,
  }
}

export const DEFAULT_SETTINGS: PostgresSettings = readPostgresSettings({})
