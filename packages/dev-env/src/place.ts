import { type readConfig, storingServices } from '@chatapp/app'
import { createLogger, type Logger, type PostgresTarget } from '@chatapp/service-kit'
import type { TestDatabase } from './databases.ts'

/** Where a product of a test runs, in whichever form. */
export interface Place {
  database: TestDatabase
  directory: string
  env: Record<string, string>
  log: string[]
}

export const quietly = (directory: string): Record<string, string> => ({
  PORT: '0',
  HOST: '127.0.0.1',
  RATE_LIMITS: 'off',
  CHATAPP_DATA_DIR: directory,
})

export function targetsOf(database: TestDatabase): Record<string, PostgresTarget> {
  return Object.fromEntries(storingServices.map((service) => [service, database.targetOf(service)]))
}

export function logInto(log: string[], { logLevel }: ReturnType<typeof readConfig>): Logger {
  return createLogger(logLevel, { write: (line) => void log.push(line) })
}
