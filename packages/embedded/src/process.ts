import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

// Only what every user may read in /proc of a process of another user: a container's root
// lacks the right to trace, so `cwd`, `exe` and `environ` of our own postgres are closed to it.

/** False for a zombie too: some containers have no init that would ever collect it. */
export function isRunning(pid: number): boolean {
  const stat = processStat(pid)
  if (stat) return !['Z', 'X'].includes(stat.state)
  if (process.platform === 'linux') return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When the process started, in the system's own words: two processes that share a pid differ. */
export function startOf(pid: number): string {
  return processStat(pid)?.start ?? ps('-o', 'lstart=', '-p', String(pid))
}

export function bootId(): string {
  if (process.platform !== 'linux') return output('sysctl', ['-n', 'kern.boottime'])
  return readText('/proc/sys/kernel/random/boot_id')
}

export function commandOf(pid: number): string {
  if (process.platform !== 'linux') return ps('-o', 'command=', '-p', String(pid))
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
}

/** Living processes whose command line is what `isWanted` looks for. */
export function findProcesses(isWanted: (command: string) => boolean): number[] {
  const pids = process.platform === 'linux' ? readdirSync('/proc') : ps('-axo', 'pid=').split('\n')
  return pids.map(Number).filter((pid) => pid > 0 && isWanted(commandOf(pid)) && isRunning(pid))
}

export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  // 0 and less are groups of processes, our own among them.
  if (pid <= 0) return
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Asks every 10 ms; false when the time is over, the signal's reason when it is aborted. */
export async function waitUntil(
  isDone: () => boolean,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<boolean> {
  const end = performance.now() + timeoutMs
  while (!isDone()) {
    if (performance.now() > end) return false
    signal?.throwIfAborted()
    await sleep(10)
  }
  return true
}

function processStat(pid: number): { state: string; start: string } | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  // The name, in parentheses, may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[19]]
  return state && start ? { state, start } : undefined
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

const ps = (...args: string[]): string => output('ps', args)

function output(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}
