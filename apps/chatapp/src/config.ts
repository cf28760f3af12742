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
  readTracingConfig,
  redisUrlVariable,
  StartError,
  type TracingConfig,
} from '@chatapp/service-kit'
import { readUsersConfig, type UsersConfig } from '@chatapp/users'
import { z } from 'zod'
import { type DatabaseConfig, readDatabaseConfig } from './database-config.ts'
import {
  demandForPart,
  type Part,
  readPort,
  readSplitConfig,
  type SplitConfig,
} from './split-config.ts'

export { type StoringService, storingServices } from './database-config.ts'

export interface Config extends DatabaseConfig {
  dataDirectory: string
  /** Unset: this is the only process. */
  redisUrl: string | undefined
  logLevel: LogLevel
  tracing: TracingConfig
  split: SplitConfig
  gateway: GatewayConfig
  users: UsersConfig
  messages: MessagesConfig
  notifications: NotificationsConfig
}

const variables = z.object({
  CHATAPP_DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  REDIS_URL: redisUrlVariable().optional(),
})

/** Throws a StartError that names every variable that is wrong. */
export function readConfig(env: Environment = process.env): Config {
  const given = readEnvironment(variables, env)
  return {
    dataDirectory: resolve(given.CHATAPP_DATA_DIR),
    redisUrl: given.REDIS_URL,
    ...readDatabaseConfig(env),
    logLevel: given.LOG_LEVEL,
    tracing: readTracingConfig(env),
    split: readSplitConfig(env),
    gateway: readGatewayConfig(env),
    users: readUsersConfig(env),
    messages: readMessagesConfig(env),
    notifications: readNotificationsConfig(env),
  }
}

/** Of one service by itself: it needs more than all of them together. */
export function readPartConfig(part: Part, env: Environment = process.env): Config {
  const config = readConfig(env)
  demandForPart(part, env)
  return {
    ...config,
    tracing: readTracingConfig(env, `chatapp-${part}`),
    gateway: { ...config.gateway, port: readPort(part, env) },
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
