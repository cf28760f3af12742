import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type GatewayConfig, readGatewayConfig } from '@chatapp/gateway'
import { type MessagesConfig, readMessagesConfig } from '@chatapp/messages'
import { type NotificationsConfig, readNotificationsConfig } from '@chatapp/notifications'
import {
  type Environment,
  type LogLevel,
  logLevels,
  type PostgresTarget,
  readEnvironment,
  redisUrlVariable,
  StartError,
  urlVariable,
} from '@chatapp/service-kit'
import { z } from 'zod'

/** The services with tables; each has a schema, a role and perhaps a database of its own. */
export const storingServices = ['users', 'messages', 'notifications'] as const
export type StoringService = (typeof storingServices)[number]

export interface Config {
  dataDirectory: string
  /** Who is not here gets the embedded PostgreSQL. */
  databases: Partial<Record<StoringService, PostgresTarget>>
  /** Unset: this is the only process. */
  redisUrl: string | undefined
  logLevel: LogLevel
  gateway: GatewayConfig
  messages: MessagesConfig
  notifications: NotificationsConfig
}

const databaseUrl = urlVariable(['postgres', 'postgresql']).optional()
const refused = (reason: string) => z.undefined(`is set, but ${reason}; unset it`).optional()
const ONE_PROCESS = 'this version runs all services in one process'

const variables = z.object({
  CHATAPP_DATA_DIR: z.string().default('./data'),
  DATABASE_URL: databaseUrl,
  USERS_DATABASE_URL: databaseUrl,
  MESSAGES_DATABASE_URL: databaseUrl,
  NOTIFICATIONS_DATABASE_URL: databaseUrl,
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  REDIS_URL: redisUrlVariable().optional(),
  ELASTICSEARCH_URL: refused('this version searches in PostgreSQL only'),
  SMTP_URL: refused('this version sends no mail'),
  USERS_URL: refused(ONE_PROCESS),
  MESSAGES_URL: refused(ONE_PROCESS),
  NOTIFICATIONS_URL: refused(ONE_PROCESS),
  SERVICE_TOKEN: refused(ONE_PROCESS),
})

/** Throws a StartError that names every variable that is wrong. */
export function readConfig(env: Environment = process.env): Config {
  const given = readEnvironment(variables, env)
  return {
    dataDirectory: resolve(given.CHATAPP_DATA_DIR),
    databases: {
      ...target('users', given.USERS_DATABASE_URL ?? given.DATABASE_URL),
      ...target('messages', given.MESSAGES_DATABASE_URL ?? given.DATABASE_URL),
      ...target('notifications', given.NOTIFICATIONS_DATABASE_URL ?? given.DATABASE_URL),
    },
    redisUrl: given.REDIS_URL,
    logLevel: given.LOG_LEVEL,
    gateway: readGatewayConfig(env),
    messages: readMessagesConfig(env),
    notifications: readNotificationsConfig(env),
  }
}

function target(service: StoringService, url: string | undefined): Config['databases'] {
  return url ? { [service]: { url } } : {}
}

/** A `.env` file beside the product may hold the variables; real ones win. */
export function loadEnvFile(file = '.env'): void {
  if (!existsSync(file)) return
  try {
    process.loadEnvFile(file)
  } catch (error) {
    throw new StartError(`The file ${resolve(file)} can't be read`, { cause: error })
  }
}
