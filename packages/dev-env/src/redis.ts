import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { isContinuousIntegration } from './config.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { freePort } from './free-port.ts'
import { settle } from './settle.ts'

export interface TestRedis extends AsyncDisposable {
  url: string
  port: number
  pid(): number | undefined
  /** Ends it; all that it kept is gone. */
  stop(): Promise<void>
  /** Starts it again on the same port. */
  start(): Promise<void>
  /** Sends it one command, as redis-cli does. */
  cli(...args: string[]): string
  /** The same to whatever of Redis is at another port. */
  cliAt(port: number, ...args: string[]): string
}

const running = new Set<ChildProcess>()
// Should this process end without having stopped them.
process.once('exit', () => {
  for (const server of running) server.kill('SIGKILL')
})

/** Whether tests with Redis can run; under CI=true they must. */
export function hasRedis(): boolean {
  if (isRedisInstalled()) return true
  const hint = 'redis-server is not installed; to run these tests: apt-get install redis-server'
  if (isContinuousIntegration()) throw new Error(hint)
  process.stderr.write(`skipped: ${hint}\n`)
  return false
}

export const isRedisInstalled = () => spawnSync('redis-server', ['--version']).status === 0

/** A real redis-server on a free port of the loopback interface. */
export async function startRedis(
  settings: string[] = [],
  { isDetached = false } = {},
): Promise<TestRedis> {
  const directory = await makeFolder()
  const port = await freePort()
  let server: ChildProcess | undefined
  const stop = async () => {
    await end(server)
    server = undefined
  }
  const start = async () => {
    server = run({ directory, port, isDetached }, settings)
    await settle('Redis answers', () => ask(port, ['ping']) === 'PONG')
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => server?.pid,
    stop,
    start,
    cli: (...args) => ask(port, args),
    cliAt: (other, ...args) => ask(other, args),
    async [Symbol.asyncDispose]() {
      await stop()
      await removeFolder(directory)
    },
  }
}

interface Where {
  directory: string
  port: number
  isDetached: boolean
}

function run({ directory, port, isDetached }: Where, settings: string[]): ChildProcess {
  const ours = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory]
  const inMemory = ['--save', '', '--appendonly', 'no']
  const options = { stdio: 'ignore', detached: isDetached } as const
  const server = spawn('redis-server', [...ours, ...inMemory, ...settings], options)
  running.add(server)
  return server.once('exit', () => running.delete(server))
}

function ask(port: number, args: string[]): string {
  return spawnSync('redis-cli', ['-p', `${port}`, ...args], { encoding: 'utf8' }).stdout.trim()
}

async function end(server: ChildProcess | undefined): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
}
