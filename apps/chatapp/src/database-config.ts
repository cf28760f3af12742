import {
  type Environment,
  type PostgresSettings,
  type PostgresTarget,
  readEnvironment,
  readPostgresSettings,
  StartError,
  urlVariable,
} from '@chatapp/service-kit'
import { z } from 'zod'

/** The services with tables; each has a schema, a role and perhaps a database of its own. */
export const storingServices = ['users', 'messages', 'notifications'] as const
export type StoringService = (typeof storingServices)[number]

export interface DatabaseConfig {
  /** Who is not here gets the embedded PostgreSQL. */
  databases: Partial<Record<StoringService, PostgresTarget>>
  postgres: PostgresSettings
}

const url = urlVariable(['postgres', 'postgresql']).optional()
const variables = z.object({
  DATABASE_URL: url,
  DATABASE_DIRECT_URL: url,
  DATABASE_REPLICA_URL: url,
  USERS_DATABASE_URL: url,
  USERS_DATABASE_DIRECT_URL: url,
  MESSAGES_DATABASE_URL: url,
  MESSAGES_DATABASE_DIRECT_URL: url,
  MESSAGES_DATABASE_REPLICA_URL: url,
  NOTIFICATIONS_DATABASE_URL: url,
  NOTIFICATIONS_DATABASE_DIRECT_URL: url,
})
type Urls = z.output<typeof variables>

/** Throws a StartError that names every variable that is wrong. */
export function readDatabaseConfig(env: Environment): DatabaseConfig {
  const urls = readEnvironment(variables, env)
  const settings = readPostgresSettings(env)
  refuseUnattached(urls)
  const databases: DatabaseConfig['databases'] = {}
  for (const service of storingServices) {
    const found = targetOf(service, urls)
    if (found) databases[service] = { ...found, settings }
  }
  return { databases, postgres: settings }
}

/** A database of one's own comes with its own ways past the pooler and to the replica. */
function targetOf(service: StoringService, urls: Urls): PostgresTarget | undefined {
  const own = ({ users: 'USERS', messages: 'MESSAGES', notifications: 'NOTIFICATIONS' } as const)[
    service
  ]
  const prefix = urls[`${own}_DATABASE_URL`] ? (`${own}_` as const) : ''
  const main = urls[`${prefix}DATABASE_URL`]
  if (main === undefined) return undefined
  const directUrl = urls[`${prefix}DATABASE_DIRECT_URL`]
  const replicaUrl =
    service === 'messages'
      ? (urls.MESSAGES_DATABASE_REPLICA_URL ?? (prefix ? undefined : urls.DATABASE_REPLICA_URL))
      : undefined
  return { url: main, ...(directUrl && { directUrl }), ...(replicaUrl && { replicaUrl }) }
}

/** A way past the pooler, or a copy, of a database that nobody named. */
function refuseUnattached(urls: Urls): void {
  const needs: [keyof Urls, (keyof Urls)[]][] = [
    ['DATABASE_DIRECT_URL', ['DATABASE_URL']],
    ['DATABASE_REPLICA_URL', ['DATABASE_URL']],
    ['USERS_DATABASE_DIRECT_URL', ['USERS_DATABASE_URL']],
    ['MESSAGES_DATABASE_DIRECT_URL', ['MESSAGES_DATABASE_URL']],
    ['MESSAGES_DATABASE_REPLICA_URL', ['MESSAGES_DATABASE_URL', 'DATABASE_URL']],
    ['NOTIFICATIONS_DATABASE_DIRECT_URL', ['NOTIFICATIONS_DATABASE_URL']],
  ]
  const [name, wanted] =
    needs.find(([given, mains]) => urls[given] && mains.every((main) => !urls[main])) ?? []
  if (name)
    throw new StartError(`${name} is of no use without ${wanted?.join(' or ')}; set that too`)
}
