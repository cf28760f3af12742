import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { StartError } from '../environment.ts'
import { connectPostgres, type PostgresTarget } from './connect.ts'

export type { Migration }

/** Brings the service's schema up to date under an advisory lock; forward only, however long it takes. */
export async function migrate(
  target: PostgresTarget,
  schema: string,
  migrations: Record<string, Migration>,
): Promise<string[]> {
  const name = `${schema} migrations`
  const postgres = await connectPostgres({
    target: pastThePooler(target),
    name,
    maxConnections: 1,
    time: 'unlimited',
  })
  try {
    return await migrateAll(postgres.db, schema, migrations)
  } finally {
    await postgres[Symbol.asyncDispose]()
  }
}

/** The lock is one of a transaction, so a pooler does no harm; its own time-outs may. */
function pastThePooler(target: PostgresTarget): PostgresTarget {
  const { directUrl, settings } = target
  if (directUrl === undefined) return target
  return { url: directUrl, ...(settings && { settings: { ...settings, pooler: 'none' } }) }
}

async function migrateAll(
  db: Kysely<unknown>,
  schema: string,
  migrations: Record<string, Migration>,
): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: schema,
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw explain(error, schema)
  return (results ?? []).map((result) => result.migrationName)
}

/** How Kysely says that the tables are newer than we are. */
const UNKNOWN_MIGRATION = /previously executed migration (\S+) is missing/

function explain(error: unknown, schema: string): StartError {
  const reason = error instanceof Error ? error.message : String(error)
  const newer = UNKNOWN_MIGRATION.exec(reason)?.[1]
  return new StartError(
    newer
      ? `The tables of "${schema}" are of a newer version of ChatApp (${newer}); start that one`
      : `The tables of "${schema}" can't be brought up to date: ${reason}`,
  )
}
