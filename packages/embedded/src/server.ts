import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fstatSync, readSync } from 'node:fs'
import { EmbeddedPostgresError, explainOutput } from './error.ts'
import { openLog } from './folders.ts'
import { findPostmaster, readPostmaster, stopPostmaster } from './postmaster.ts'
import { waitUntil } from './process.ts'
import { environment } from './run.ts'
import type { Settings } from './settings.ts'
import { settingArguments } from './settings.ts'
import type { Site } from './site.ts'

export interface Server {
  pid: number
  marker: string
  socketFolder: string
}

/** Long, because a server that was killed may first have to repeat 2 GB of its log. */
const START_TIMEOUT_MS = 120_000

export async function launchServer(
  site: Site,
  marker: string,
  settings: Settings,
): Promise<Server> {
  const log = await openLog(site.folders.log)
  try {
    const logStart = fstatSync(log.fd).size
    const child = spawnServer(site, log.fd, serverArguments(site, marker, settings))
    await once(child, 'spawn')
    const pid = child.pid ?? 0
    if (await isReady(site, child, marker)) return { pid, marker, socketFolder: site.socketFolder }
    const what = hasEnded(child) ? 'PostgreSQL did not start' : 'PostgreSQL took too long to start'
    throw explainOutput(readFrom(log.fd, logStart), site.folders.directory, what)
  } catch (error) {
    throw spawnFailure(error, site)
  } finally {
    await log.close()
  }
}

/** The server an earlier ChatApp left behind, once it accepts connections. */
export async function findServer(site: Site, marker: string): Promise<Server | undefined> {
  const { data } = site.folders
  const found = findPostmaster(data, marker)
  if (!found) return undefined
  const isDecided = (): boolean => findPostmaster(data, marker)?.status !== 'starting'
  await waitUntil(isDecided, { timeoutMs: START_TIMEOUT_MS, signal: site.signal })
  if (findPostmaster(data, marker)?.status === 'ready') return { ...found, marker }
  await stopPostmaster(found.pid, marker)
  return undefined
}

/** In a session of its own: the terminal's Ctrl-C is for ChatApp, which has requests to finish. */
function spawnServer(site: Site, log: number, args: string[]): ChildProcess {
  const { file, args: all, ...user } = site.runAs(site.binaries.postgres, args)
  const child = spawn(file, all, {
    ...user,
    cwd: '/',
    env: environment(site),
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  return child
}

function serverArguments(
  { folders, socketFolder }: Site,
  marker: string,
  settings: Settings,
): string[] {
  const own = {
    cluster_name: marker,
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
  }
  return ['-D', folders.data, ...settingArguments({ ...settings, ...own })]
}

async function isReady(site: Site, child: ChildProcess, marker: string): Promise<boolean> {
  const isReadyNow = (): boolean => {
    const found = readPostmaster(site.folders.data)
    return found?.pid === child.pid && found?.status === 'ready'
  }
  try {
    const isDone = (): boolean => hasEnded(child) || isReadyNow()
    await waitUntil(isDone, { timeoutMs: START_TIMEOUT_MS, signal: site.signal })
    return !hasEnded(child) && isReadyNow()
  } finally {
    if (child.pid && !isReadyNow()) await stopPostmaster(child.pid, marker)
  }
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null

function readFrom(fd: number, start: number): string {
  const text = Buffer.alloc(Math.max(0, fstatSync(fd).size - start))
  readSync(fd, text, 0, text.length, start)
  return text.toString()
}

function spawnFailure(error: unknown, { binaries }: Site): unknown {
  if (
    !(error instanceof Error) ||
    !('syscall' in error) ||
    !String(error.syscall).startsWith('spawn')
  )
    return error
  return new EmbeddedPostgresError(
    `${binaries.postgres} cannot be run on this machine (${error.message}); set DATABASE_URL to a PostgreSQL server of yours.`,
    { cause: error },
  )
}
