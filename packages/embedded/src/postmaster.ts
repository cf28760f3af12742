import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'
import { commandOf, findProcesses, isRunning, sendSignal, waitUntil } from './process.ts'

/** What the server writes into postmaster.pid; the status follows a moment after the rest. */
export interface Postmaster {
  pid: number
  socketFolder: string
  status: 'starting' | 'ready' | 'stopping'
}

/** A fast shutdown ends with a checkpoint, which on a slow disk takes a while. */
const FAST_STOP_MS = 60_000
const IMMEDIATE_STOP_MS = 5_000

export function readPostmaster(data: string): Postmaster | undefined {
  const lines = readPidFile(data)
    .split('\n')
    .map((line) => line.trim())
  const pid = Number(lines[0])
  if (!(pid > 0)) return undefined
  const status = lines[7] === 'ready' || lines[7] === 'stopping' ? lines[7] : 'starting'
  return { pid, socketFolder: lines[4] ?? '', status }
}

/** The server that runs on this database now, if one does. */
export function findPostmaster(data: string, marker: string): Postmaster | undefined {
  const postmaster = readPostmaster(data)
  return postmaster && isOurs(postmaster.pid, marker) ? postmaster : undefined
}

export async function stopPostmaster(pid: number, marker: string): Promise<void> {
  const isGone = (): boolean => !isOurs(pid, marker)
  if (isGone()) return
  sendSignal(pid, 'SIGINT')
  if (await waitUntil(isGone, { timeoutMs: FAST_STOP_MS })) return
  sendSignal(pid, 'SIGQUIT')
  if (await waitUntil(isGone, { timeoutMs: IMMEDIATE_STOP_MS })) return
  sendSignal(pid, 'SIGKILL')
  await waitUntil(isGone, { timeoutMs: IMMEDIATE_STOP_MS })
}

/** From an exit handler, where nothing can be awaited. */
export function beginStop(pid: number, marker: string): void {
  if (isOurs(pid, marker)) sendSignal(pid, 'SIGINT')
}

/** Processes whose postmaster was killed finish their statement first and block a new server. */
export async function clearRemains(data: string, marker: string): Promise<void> {
  const remains = (): number[] => findProcesses((command) => belongsTo(marker, command))
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of remains()) sendSignal(pid, signal)
    const timeoutMs = signal === 'SIGQUIT' ? 500 : IMMEDIATE_STOP_MS
    if (await waitUntil(() => remains().length === 0, { timeoutMs })) return clearPidFile(data)
  }
  throw new EmbeddedPostgresError(
    `A former PostgreSQL server (pid ${remains().join(', ')}) does not end; end it or restart the machine.`,
  )
}

/**
 * PostgreSQL refuses to start when the pid in a stale file belongs to a stranger by now, but not
 * when it is its own parent's. The other lines stay: by them it checks that nobody else is at work.
 */
function clearPidFile(data: string): void {
  const path = join(data, 'postmaster.pid')
  const [pid, ...rest] = readPidFile(data).split('\n')
  if (Number(pid) > 0) writeFileSync(path, [process.pid, ...rest].join('\n'))
  else rmSync(path, { force: true })
}

function readPidFile(data: string): string {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

const isOurs = (pid: number, marker: string): boolean =>
  isRunning(pid) && belongsTo(marker, commandOf(pid))

/** The postmaster shows its arguments, its children a title that begins with the cluster's name. */
const belongsTo = (marker: string, command: string): boolean =>
  command.startsWith(`postgres: ${marker}`) || command.includes(` cluster_name=${marker}`)
