import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedPostgresError, explainOutput } from './error.ts'
import { makePrivateFolder } from './folders.ts'
import { DATABASE, SUPERUSER } from './roles.ts'
import { run } from './run.ts'
import type { Site } from './site.ts'

const LOCALE = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
]
/**
 * In MiB. The commit that begins a segment of the log fills it with zeros first, and all others
 * wait: with the usual 16 MiB up to 90 ms.
 */
const WAL = ['--wal-segsize=4']
const UNFINISHED = 'data.new-'

/**
 * Made under another name and renamed as the last step, so `data` is always complete: it has the
 * database and knows the superuser's password.
 */
export async function makeCluster(site: Site, password: string): Promise<void> {
  const { folders } = site
  await removeUnfinished(folders.home)
  if (await exists(folders.data)) return checkVersion(site)
  try {
    await makeUnfinished(site, password)
  } catch (error) {
    await removeUnfinished(folders.home)
    throw error
  }
}

async function makeUnfinished(site: Site, password: string): Promise<void> {
  const { folders } = site
  const unfinished = await mkdtemp(join(folders.home, UNFINISHED))
  await makePrivateFolder(unfinished, site.user)
  const args = [
    '-D',
    unfinished,
    '-U',
    SUPERUSER,
    '--auth=trust',
    '--no-instructions',
    ...WAL,
    ...LOCALE,
  ]
  const { code, output } = await run(site.runAs(site.binaries.initdb, args), site)
  if (code !== 0) {
    throw explainOutput(output, folders.directory, 'The database could not be created')
  }
  await writeFile(join(unfinished, 'pg_hba.conf'), 'local all all scram-sha-256\n')
  await runAlone(site, unfinished, [setPassword(password), `CREATE DATABASE ${DATABASE}`])
  await rename(unfinished, folders.data)
}

/** For a database whose passwords were lost; its server must be stopped. */
export function resetPassword(site: Site, password: string): Promise<void> {
  return runAlone(site, site.folders.data, [setPassword(password)])
}

/**
 * A name that all processes of this database carry in their command line. It follows the files
 * when their directory is moved and differs for a copy of them.
 */
export async function markerOf(data: string): Promise<string> {
  const { dev, ino } = await stat(data, { bigint: true })
  return `chatapp-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 12)}`
}

async function checkVersion({ folders, binaries }: Site): Promise<void> {
  const version = (await readFile(join(folders.data, 'PG_VERSION'), 'utf8')).trim()
  if (version === binaries.majorVersion) return
  throw new EmbeddedPostgresError(
    `The database in ${folders.data} was made by PostgreSQL ${version} and this ChatApp brings PostgreSQL ${binaries.majorVersion}; start the ChatApp version that made it, or move its data with pg_dump.`,
  )
}

/** A failure to remove one that a dying initdb still writes to is left to the next start. */
async function removeUnfinished(home: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith(UNFINISHED))
  for (const name of names) {
    await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Single-user mode needs no password and no socket; it takes one statement a line. */
async function runAlone(site: Site, data: string, statements: string[]): Promise<void> {
  const quiet = ['-c', 'exit_on_error=on', '-c', 'log_min_error_statement=panic']
  const command = site.runAs(site.binaries.postgres, ['--single', ...quiet, '-D', data, 'postgres'])
  const { code, output } = await run(command, site, `${statements.join('\n')}\n`)
  if (code === 0) return
  throw explainOutput(output, site.folders.directory, 'The database could not be prepared')
}

const setPassword = (password: string): string => `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'`

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
