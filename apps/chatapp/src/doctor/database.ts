import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { migrations as messages } from '@chatapp/messages'
import { migrations as notifications } from '@chatapp/notifications'
import { connectPostgres, type PostgresTarget, type Sql } from '@chatapp/service-kit'
import { migrations as users } from '@chatapp/users'
import { type Config, type StoringService, storingServices } from '../config.ts'
import { toSentence } from '../failure.ts'
import { appliedMigrations } from '../start/migrations.ts'
import { withDatabases } from '../start/workshop.ts'
import { type Finding, fine, wrong } from './check.ts'

const migrationsOf = { users, messages, notifications }
const REACHABLE_WITHIN_MS = 5_000
const CLOCKS_APART_MAX_MS = 2_000

export async function checkDatabase(config: Config): Promise<Finding[]> {
  if (isYetToBeMade(config))
    return [fine('database', 'embedded PostgreSQL, to be made at the first start')]
  try {
    return await withDatabases(config, async ({ targetOf }) => {
      const looks = storingServices.map((service) => lookInto(service, targetOf(service)))
      return (await Promise.all(looks)).flat()
    })
  } catch (error) {
    return [wrong('database', toSentence(error), 'mend that, then ask again')]
  }
}

function isYetToBeMade({ databases, dataDirectory }: Config): boolean {
  const needsEmbedded = storingServices.some((service) => !databases[service])
  return needsEmbedded && !existsSync(join(dataDirectory, 'postgres', 'data'))
}

async function lookInto(service: StoringService, target: PostgresTarget): Promise<Finding[]> {
  const check = `database of ${service}`
  try {
    const connecting = connectPostgres({ target, name: 'doctor', maxConnections: 1 })
    const postgres = await within(REACHABLE_WITHIN_MS, connecting)
    try {
      return [await describe(check, postgres.sql), await checkTables(service, target)]
    } finally {
      await postgres[Symbol.asyncDispose]()
    }
  } catch (error) {
    return [wrong(check, toSentence(error), 'check the URL, and that the server is running')]
  }
}

async function describe(check: string, sql: Sql): Promise<Finding> {
  const [row] = await sql<{ version: string; now: Date }[]>`
    select current_setting('server_version') as version, clock_timestamp() as now`
  const apartMs = Math.abs(Date.now() - Number(row?.now))
  if (apartMs > CLOCKS_APART_MAX_MS)
    return wrong(check, `its clock is ${apartMs} ms off ours`, 'set both clocks by NTP')
  return fine(check, `PostgreSQL ${row?.version}`)
}

async function checkTables(service: StoringService, target: PostgresTarget): Promise<Finding> {
  const check = `tables of ${service}`
  const applied = await appliedMigrations(service, target)
  if (applied.length === 0) return fine(check, 'to be made by chatapp start or chatapp migrate')
  const known = Object.keys(migrationsOf[service])
  const unknown = applied.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    return wrong(check, `made by a newer version: ${unknown.join(', ')}`, 'start that version')
  const pending = known.filter((name) => !applied.includes(name))
  return pending.length > 0
    ? fine(check, `behind; chatapp start or chatapp migrate will apply ${pending.join(', ')}`)
    : fine(check, `up to date, ${applied.length} migrations, the last is ${applied.at(-1)}`)
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`it did not answer within ${ms / 1000} s`)), ms)
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
