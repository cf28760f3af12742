import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCluster } from '@chatapp/dev-env'
import { type Bench, serverCores } from '../bench.ts'
import type { Address } from '../driver/client.ts'
import { cpuSeconds, residentBytes } from '../machine/proc.ts'
import { databaseProcesses } from '../product/database.ts'
import { nodeArguments, startProduct } from '../product/product.ts'

/** In a second, of all processes: looking whether there is something to do is not nothing. */
const CALM_CPU_S = 0.25
/** Who puts work off looks again after two seconds at the latest. */
const CALM_LOOKS = 4
const CALM_WITHIN_MS = 240_000

/** A running product, in whichever form. */
export interface Site extends AsyncDisposable {
  url: string
  gateways: Address[]
  /** CPU seconds so far. */
  cpu(): Cpu
  /** Anonymous memory of all gateways. */
  gatewayBytes(): number
}

export interface Cpu {
  gateways: number[]
  users: number
  messages: number
  notifications: number
  database: number
  redis: number
}

/** One process is the gateway, and has no others behind it. */
export async function startWhole(bench: Bench): Promise<Site> {
  const cores = serverCores(bench)
  const product = await startProduct({
    directory: bench.directory,
    cores,
    profile: bench.options.profile,
  })
  const { pid, directory } = product
  return {
    url: product.url,
    gateways: [product.address],
    cpu: () => ({
      ...{ gateways: [cpuSeconds(pid)], users: 0, messages: 0, notifications: 0, redis: 0 },
      database: sumOf(databaseProcesses(directory), cpuSeconds),
    }),
    gatewayBytes: () => residentBytes(pid),
    [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
  }
}

export interface SplitSite extends Site {
  /** Until then all processes share the server's core. */
  useAllCores(): void
}

/** Two of each service, and so many gateways. */
export async function startSplit(
  { cores, options }: Bench,
  gatewayCount: number,
): Promise<SplitSite> {
  const cluster = await startCluster({
    gateways: gatewayCount,
    nodeArguments: nodeArguments(options.profile),
  })
  const { processes, redis, database } = cluster
  const pidsOf = (part: string) => processes.flatMap((one) => (one.part === part ? [one.pid] : []))
  const postgres = () => databaseProcesses(database.directory)
  const gateways = cluster.urls.map((url) => pidAt(url))
  function pidAt(url: string): number {
    return processes.find((one) => one.url === url)?.pid ?? 0
  }
  const redisPid = redis.pid() ?? 0
  const pinAll = (to: number | string | undefined) =>
    pin(to, [...processes.map((one) => one.pid), ...postgres(), redisPid])
  pinAll(cores.server)
  return {
    useAllCores: () => {
      if (cores.server !== undefined) pinAll(`0-${cpus().length - 1}`)
    },
    url: cluster.url,
    gateways: cluster.urls.map(addressOf),
    cpu: () => ({
      gateways: gateways.map(cpuSeconds),
      users: sumOf(pidsOf('users'), cpuSeconds),
      messages: sumOf(pidsOf('messages'), cpuSeconds),
      notifications: sumOf(pidsOf('notifications'), cpuSeconds),
      database: sumOf(postgres(), cpuSeconds),
      redis: cpuSeconds(redisPid),
    }),
    gatewayBytes: () => sumOf(gateways, residentBytes),
    [Symbol.asyncDispose]: () => cluster.stop(),
  }
}

/** They were started by the load's process, and so on its core. */
export function pin(cores: number | string | undefined, pids: number[]): void {
  if (cores === undefined) return
  for (const pid of pids)
    execFileSync('taskset', ['-acp', `${cores}`, `${pid}`], { stdio: 'ignore' })
}

/** What was put off while people sent is done. */
export async function untilCalm(site: Site): Promise<void> {
  const end = performance.now() + CALM_WITHIN_MS
  let calm = 0
  for (let before = site.cpu(); calm < CALM_LOOKS && performance.now() < end; ) {
    await sleep(1000)
    const after = site.cpu()
    calm = ofAll(since(before, after)) < CALM_CPU_S ? calm + 1 : 0
    before = after
  }
}

/** Between two looks. */
export const since = (before: Cpu, after: Cpu): Cpu => less(after, before)

/** Without what was taken so many times over. */
export function less(cpu: Cpu, taken: Cpu, times = 1): Cpu {
  const part = (key: Exclude<keyof Cpu, 'gateways'>) => cpu[key] - taken[key] * times
  return {
    gateways: cpu.gateways.map((one, i) => one - (taken.gateways[i] ?? 0) * times),
    users: part('users'),
    messages: part('messages'),
    notifications: part('notifications'),
    database: part('database'),
    redis: part('redis'),
  }
}

/** Of all our own processes, without PostgreSQL and Redis. */
export const ofChatApp = ({ gateways, users, messages, notifications }: Cpu) =>
  sumOf(gateways, (cpu) => cpu) + users + messages + notifications

export const ofAll = (cpu: Cpu) => ofChatApp(cpu) + cpu.database + cpu.redis

export function sumOf<T>(items: T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0)
}

function addressOf(url: string): Address {
  const { hostname: host, port } = new URL(url)
  return { host, port: Number(port) }
}
