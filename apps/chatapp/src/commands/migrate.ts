import type { Command } from 'commander'
import { type Config, readConfig, type StoringService, storingServices } from '../config.ts'
import type { Databases } from '../start/database.ts'
import { appliedMigrations } from '../start/migrations.ts'
import { withDatabases, withServices } from '../start/workshop.ts'

interface Report {
  service: StoringService
  applied: string[]
  total: number
}

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the tables up to date without serving; chatapp start does it as well')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp migrate
  $ DATABASE_URL=postgres://chatapp:secret@db.example.org/chatapp chatapp migrate --json`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const reports = await migrate(readConfig())
      process.stdout.write(json ? `${JSON.stringify(reports, null, 2)}\n` : toText(reports))
    })
}

function migrate(config: Config): Promise<Report[]> {
  return withDatabases(config, async (databases) => {
    const before = await readAll(databases)
    await withServices(config, databases, async () => {})
    const after = await readAll(databases)
    return storingServices.map((service) => ({
      service,
      applied: after[service].filter((name) => !before[service].includes(name)),
      total: after[service].length,
    }))
  })
}

async function readAll({ targetOf }: Databases): Promise<Record<StoringService, string[]>> {
  const names: Partial<Record<StoringService, string[]>> = {}
  for (const service of storingServices)
    names[service] = await appliedMigrations(service, targetOf(service))
  return { users: [], messages: [], notifications: [], ...names }
}

function toText(reports: Report[]): string {
  return reports
    .map(({ service, applied, total }) =>
      applied.length === 0
        ? `${service}: up to date, ${total} migrations\n`
        : `${service}: applied ${applied.join(', ')}\n`,
    )
    .join('')
}
