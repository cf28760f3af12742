import { setTimeout as sleep } from 'node:timers/promises'
import type { Totals } from '../driver/client.ts'
import { busySeconds, cpuSeconds } from '../machine/proc.ts'

/** What happened in one stretch of time; CPU times in seconds. */
export interface Sample extends Totals {
  seconds: number
  serverCpu: number
  databaseCpu: number
  loadCpu: number
  /** Of other programs, on the server's core. */
  foreignCpu: number
}

export interface Watched {
  totals: Totals
  server: number
  /** PostgreSQL's processes, as they are now. */
  database: () => number[]
  core: number | undefined
}

export async function takeSample(watched: Watched, seconds: number): Promise<Sample> {
  const before = look(watched)
  await sleep(seconds * 1000)
  const after = look(watched)
  const since = (key: Exclude<keyof Look, 'databaseCpus'>) => after[key] - before[key]
  const databaseCpu = [...after.databaseCpus].reduce(
    (sum, [pid, cpu]) => sum + cpu - (before.databaseCpus.get(pid) ?? 0),
    0,
  )
  const serverCpu = since('serverCpu')
  return {
    seconds: since('seconds'),
    messages: since('messages'),
    acks: since('acks'),
    bytes: since('bytes'),
    reads: since('reads'),
    loadCpu: since('loadCpu'),
    serverCpu,
    databaseCpu,
    foreignCpu: Math.max(0, since('coreBusy') - serverCpu - databaseCpu),
  }
}

/** What it had probably been without the other programs on the server's core, where it matters. */
export function describeUndisturbed(value: number, { foreignCpu, seconds }: Sample): string {
  const ours = 1 - foreignCpu / seconds
  return ours > 0.95 ? '' : `about ${Math.round(value / ours).toLocaleString('en')} undisturbed; `
}

/** Who was busy, in % of a core. */
export function describeLoad(sample: Sample): string {
  const share = (cpu: number) => `${Math.round((100 * cpu) / sample.seconds)} %`
  return [
    `server ${share(sample.serverCpu)}`,
    `PostgreSQL ${share(sample.databaseCpu)}`,
    `others on that core ${share(sample.foreignCpu)}`,
    `load ${share(sample.loadCpu)} of its core`,
  ].join(', ')
}

type Look = ReturnType<typeof look>

function look({ totals, server, database, core }: Watched) {
  const { user, system } = process.cpuUsage()
  return {
    ...totals,
    seconds: performance.now() / 1000,
    serverCpu: cpuSeconds(server),
    databaseCpus: new Map(database().map((pid) => [pid, cpuSeconds(pid)])),
    loadCpu: (user + system) / 1e6,
    coreBusy: core === undefined ? 0 : busySeconds(core),
  }
}
