import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { plainEnvironment } from './config.ts'
import { type TestDatabase, urlOf } from './databases.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { settle } from './settle.ts'

const MAIN = fileURLToPath(new URL('../../../apps/chatapp/src/main.ts', import.meta.url))
const READY_WITHIN_MS = 60_000

const running = new Set<ChildProcess>()
// Should this process end without having waited for them.
process.once('exit', () => running.forEach(kill))

export interface Spawned extends AsyncDisposable {
  pid: number
  /** Everything it has written, standard output and error together. */
  output(): string
  stdout(): string
  stderr(): string
  /** Resolves to the exit code, or the signal that ended it. */
  exit: Promise<number | string>
  signal(name: NodeJS.Signals): void
  write(input: string): void
}

export interface SpawnedProduct extends Spawned {
  url: string
  directory: string
  /** kill -9 of Node alone: the database is left as an orphan. */
  crash(): Promise<void>
  /** As a service manager does; resolves to the exit code. */
  stop(): Promise<number | string>
}

interface SpawnOptions {
  /** Given: it is left in place, for the next process. */
  directory?: string
  /** In place of one of its own. */
  database?: TestDatabase
  env?: Record<string, string>
}

/** The product as people start it, in a process of its own with a database of its own. */
export async function spawnProduct(options: SpawnOptions = {}): Promise<SpawnedProduct> {
  const directory = options.directory ?? (await makeFolder())
  const env = { PORT: '0', HOST: '127.0.0.1', RATE_LIMITS: 'off', LOG_LEVEL: 'warn' }
  const child = spawnChatApp(['start'], {
    env: {
      ...{ ...env, CHATAPP_DATA_DIR: directory },
      ...(options.database && databasesIn(options.database)),
      ...options.env,
    },
  })
  const end = async () => {
    await child[Symbol.asyncDispose]()
    if (!options.directory) await removeFolder(directory)
  }
  try {
    return {
      ...child,
      url: await readyUrl(child),
      directory,
      async crash() {
        child.signal('SIGKILL')
        await child.exit
      },
      stop() {
        child.signal('SIGTERM')
        return child.exit
      },
      [Symbol.asyncDispose]: end,
    }
  } catch (error) {
    await end()
    throw error
  }
}

const databasesIn = (database: TestDatabase) => ({
  USERS_DATABASE_URL: urlOf(database, 'users'),
  MESSAGES_DATABASE_URL: urlOf(database, 'messages'),
  NOTIFICATIONS_DATABASE_URL: urlOf(database, 'notifications'),
})

interface CommandOptions {
  cwd?: string
  env?: Record<string, string>
  /** All of its standard input; null leaves that open for `write`. */
  input?: string | null
  /** A process group of its own, which a Ctrl-C in the terminal does not reach. */
  isDetached?: boolean
  /** Arguments of Node. */
  nodeArguments?: string[]
  onOutput?: ((text: string) => void) | undefined
  /** The executable of another version. */
  main?: string | undefined
}

/** Any command of the CLI, with nothing of the test's own environment but what is given. */
export function spawnChatApp(args: string[], options: CommandOptions = {}): Spawned {
  const { cwd, env, input = '', isDetached = false, nodeArguments = [], onOutput } = options
  const child = spawn(process.execPath, [...nodeArguments, options.main ?? MAIN, ...args], {
    cwd,
    env: { ...plainEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: isDetached,
  })
  const written: { from: 'stdout' | 'stderr'; text: string }[] = []
  for (const from of ['stdout', 'stderr'] as const) {
    child[from].setEncoding('utf8').on('data', (text: string) => {
      written.push({ from, text })
      onOutput?.(text)
    })
  }
  const textOf = (...from: string[]) =>
    written.flatMap((part) => (from.includes(part.from) ? [part.text] : [])).join('')
  child.stdin.on('error', () => undefined)
  if (input !== null) child.stdin.end(input)
  running.add(child)
  const exit = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return code ?? signal
  })
  return {
    pid: child.pid ?? 0,
    output: () => textOf('stdout', 'stderr'),
    stdout: () => textOf('stdout'),
    stderr: () => textOf('stderr'),
    exit,
    signal: (name) => child.kill(name),
    write: (more) => child.stdin.write(more),
    async [Symbol.asyncDispose]() {
      kill(child)
      await exit
    },
  }
}

function kill(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
}

async function readyUrl(child: Spawned): Promise<string> {
  let ended: number | string | undefined
  void child.exit.then((code) => {
    ended = code
  })
  const url = await settle(
    'ChatApp is ready',
    () => {
      if (ended !== undefined) throw new Error(`ended with ${ended}: ${child.output().slice(-500)}`)
      return /ready at (http:\/\/[^\s,]+)/.exec(child.output())?.[1]
    },
    READY_WITHIN_MS,
  )
  return url
}
