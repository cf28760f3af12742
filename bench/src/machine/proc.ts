import { readdirSync, readFileSync } from 'node:fs'

/** The kernel's unit in /proc, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100
const KIB = 1024

/** User and system time of a process; 0 of one that has ended. */
export function cpuSeconds(pid: number): number {
  const fields = statFields(pid)
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND
}

/** Of all its threads, to the microsecond; waiting for a core does not count. */
export function cpuMilliseconds(pid: number): number {
  const threads = listFolder(`/proc/${pid}/task`)
  const times = threads.map((id) =>
    Number(readText(`/proc/${pid}/task/${id}/schedstat`).split(' ')[0]),
  )
  return times.reduce((sum, time) => sum + time / 1e6, 0)
}

/** How long a core was not idle. */
export function busySeconds(core: number): number {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readText('/proc/stat'))?.[1] ?? ''
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0] = line
    .split(' ')
    .map(Number)
  return (user + nice + system + interrupts + softInterrupts) / TICKS_PER_SECOND
}

/** Without pages of files: the system takes those back as it likes, and sockets have none. */
export function residentBytes(pid: number): number {
  return KIB * Number(/^RssAnon:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0)
}

/** Memory that several processes share counts in parts. */
export function proportionalBytes(pid: number): number {
  return KIB * Number(/^Pss:\s+(\d+)/m.exec(readText(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
}

export function openFilesMax(): number {
  const soft = /^Max open files\s+(\d+)/m.exec(readText('/proc/self/limits'))?.[1]
  return Number(soft ?? 0)
}

export function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').map(Number)
  return pids.filter((pid) => pid > 0 && Number(statFields(pid)[1]) === parent)
}

/** From the state on: the name before it may contain anything. */
function statFields(pid: number): string[] {
  const stat = readText(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
