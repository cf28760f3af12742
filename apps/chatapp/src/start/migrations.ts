import { connectPostgres, type PostgresTarget } from '@chatapp/service-kit'
import type { StoringService } from '../config.ts'

/** Of a service's tables, oldest first; none before they are made. */
export async function appliedMigrations(
  service: StoringService,
  target: PostgresTarget,
): Promise<string[]> {
  const postgres = await connectPostgres({ target, name: 'migrations', maxConnections: 1 })
  try {
    const table = `${service}.migrations`
    const [there] = await postgres.sql`select to_regclass(${table}) is not null as yes`
    if (!there?.yes) return []
    const rows = await postgres.sql<{ name: string }[]>`
      select name from ${postgres.sql(service)}.${postgres.sql('migrations')} order by timestamp, name`
    return rows.map((row) => row.name)
  } finally {
    await postgres[Symbol.asyncDispose]()
  }
}
