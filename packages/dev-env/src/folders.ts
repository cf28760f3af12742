import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settle } from './settle.ts'

const PREFIX = 'chatapp-tests-'

/** A data directory that names the process it belongs to. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
}

/** Ends the database that may still run there, then removes everything. */
export async function removeFolder(folder: string): Promise<void> {
  await endDatabaseIn(folder)
  // What is left of the database's processes may still write for a moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** What runs that were killed left behind. */
export async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : 0
    // Another run may be at it at the same time; what stays is the next one's.
    if (owner > 0 && commandOf(owner) === '')
      await removeFolder(join(tmpdir(), name)).catch(() => undefined)
  }
}

async function endDatabaseIn(folder: string): Promise<void> {
  const pid = databaseIn(folder)
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  await settle(`the database in ${folder} ends`, () => databaseIn(folder) === undefined)
}

/** The pid in the file may be a stranger's by now, so its command line must name the folder. */
function databaseIn(folder: string): number | undefined {
  const pid = Number.parseInt(read(join(folder, 'postgres', 'data', 'postmaster.pid')), 10)
  return pid > 0 && commandOf(pid).includes(folder) ? pid : undefined
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') return read(`/proc/${pid}/cmdline`)
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
