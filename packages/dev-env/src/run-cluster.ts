import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Cluster, startCluster } from './cluster.ts'
import { isRunning } from './is-running.ts'
import { isRedisInstalled } from './redis.ts'
import type { SplitProcess } from './spawn-split.ts'

const USAGE = `Usage: npm run cluster -- [options]

Starts PostgreSQL, Redis, gateways, services and a load balancer on this machine. A process that
ends is started again. Ctrl-C ends everything; no data is kept.

  --port N       of the load balancer (a free one by default)
  --gateways N   two by default
  --services N   of users, messages and notifications each; two by default`

const MANY = 16
const LOOK_EVERY_MS = 500
const PORT_MAX = 65_535

try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function run(args: string[]): Promise<void> {
  const options = readOptions(args)
  if (options === 'help') return console.log(USAGE)
  if (!isRedisInstalled())
    throw new Error('npm run cluster needs redis-server; on Debian: apt-get install redis-server')
  const ending = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => ending.abort())
  console.log('Starting PostgreSQL, Redis and the services')
  try {
    const cluster = await startCluster({
      ...options,
      isDetached: true,
      signal: ending.signal,
      onOutput: (part, text) => process.stdout.write(withName(part, text)),
    })
    await serve(cluster, ending.signal)
  } catch (error) {
    if (!ending.signal.aborted) throw error
  }
  console.log('Everything has ended')
}

async function serve(cluster: Cluster, signal: AbortSignal): Promise<void> {
  console.log(describe(cluster))
  for (const one of [...cluster.processes]) void keepAlive(one, cluster, signal)
  const keeping = keepStores(cluster, signal)
  if (!signal.aborted) {
    const { promise, resolve } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => resolve())
    await promise
  }
  console.log('Draining; this takes some seconds')
  await keeping
  await cluster.stop()
}

/** As the platform does that a cluster runs on. */
async function keepAlive(
  first: SplitProcess,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<void> {
  let one = first
  try {
    while (!signal.aborted) {
      const end = await one.exit
      if (signal.aborted) return
      console.log(`${one.part} (process ${one.pid}) has ended with ${end}: starting another`)
      one = await cluster.again(one)
      console.log(`${one.part} at ${one.url} is process ${one.pid} now`)
    }
  } catch (error) {
    if (!signal.aborted) console.error(`${first.part} stays away: ${String(error)}`)
  }
}

/** What is started again while everything ends would be left behind: the end waits for this. */
async function keepStores({ redis, database }: Cluster, signal: AbortSignal): Promise<void> {
  const stores = [
    { name: 'Redis', pid: () => redis.pid() ?? 0, again: () => redis.start() },
    { name: 'PostgreSQL', pid: () => database.pid(), again: () => database.restart() },
  ]
  for (;;) {
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
    for (const { name, pid, again } of stores) {
      if (signal.aborted) return
      if (isRunning(pid())) continue
      console.log(`${name} (process ${pid()}) has ended: starting it again`)
      await again().then(
        () => console.log(`${name} is process ${pid()} now`),
        (error) => console.error(`${name} stays away: ${String(error)}`),
      )
    }
  }
}

function describe({ url, processes, redis, database }: Cluster): string {
  const line = (name: string, place: string, pid: number | undefined) =>
    `  ${name.padEnd(14)} ${place.padEnd(24)} process ${pid}`
  const lines = processes.map((one) => line(one.part, one.url, one.pid))
  const { host, username } = database.admin.socket ?? { host: '', username: '' }
  return [
    ...lines.toReversed(),
    line('Redis', redis.url, redis.pid()),
    line('PostgreSQL', host, database.pid()),
    `    its user is ${username}, whose password is in ${database.directory}/secrets`,
    `\nChatApp is ready at ${url}`,
    'Ctrl-C ends it',
  ].join('\n')
}

function withName(part: string, text: string): string {
  return text.replaceAll(/^(?=.)/gm, `[${part}] `)
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      gateways: { type: 'string', default: '2' },
      services: { type: 'string', default: '2' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    port: readNumber('--port', values.port, [0, PORT_MAX]),
    gateways: readNumber('--gateways', values.gateways, [1, MANY]),
    services: readNumber('--services', values.services, [1, MANY]),
  }
}

function readNumber(name: string, text: string, [least, most]: [number, number]): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new Error(`${name} must be a whole number from ${least} to ${most}`)
}
