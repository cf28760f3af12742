import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type GatewayConfig, readGatewayConfig } from '@chatapp/gateway'
import { type MessagesConfig, readMessagesConfig } from '@chatapp/messages'
import { type NotificationsConfig, readNotificationsConfig } from '@chatapp/notifications'
import {
  type Environment,
  type LogLevel,
  logLevels,
  readEnvironment,
  redisUrlVariable,
  StartError,
} from '@chatapp/service-kit'
import { z } from 'zod'
import { type DatabaseConfig, readDatabaseConfig } from './database-config.ts'

export { type StoringService, storingServices } from './database-config.ts'

export interface Config extends DatabaseConfig {
  dataDirectory: string
  /** Unset: this is the only process. */
  redisUrl: string | undefined
  logLevel: LogLevel
  gateway: GatewayConfig
  messages: MessagesConfig
  notifications: NotificationsConfig
}

const refused = (reason: string) => z.undefined(`is set, but ${reason}; unset it`).optional()
const ONE_PROCESS = 'this version runs all services in one process'

const variables = z.object({
  CHATAPP_DATA_DIR: z.string().default('./data'),
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
    redisUrl: given.REDIS_URL,
    ...readDatabaseConfig(env),
    logLevel: given.LOG_LEVEL,
    gateway: readGatewayConfig(env),
    messages: readMessagesConfig(env),
    notifications: readNotificationsConfig(env),
  }
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
