import { execFile, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { makeFolder, removeFolder } from './folders.ts'
import { freePort } from './free-port.ts'
import { settle } from './settle.ts'

export const searchEngines = ['elasticsearch', 'opensearch'] as const
export type SearchEngine = (typeof searchEngines)[number]

export interface SearchServer extends AsyncDisposable {
  url: string
  /** That of its latest run. */
  readonly pid: number
  /** kill -9; `restart` goes on with what was stored. */
  crash(): Promise<void>
  /** At the same address. */
  restart(): Promise<void>
}

const INSTALL = fileURLToPath(new URL('../../../tools/search-server/install', import.meta.url))
/** The first start on a machine brings more than a hundred files from Maven Central. */
const INSTALL_WITHIN_MS = 300_000
const READY_WITHIN_MS = 240_000

/** Why this machine can have none; undefined when it can. */
export function whyNoSearchServer(): string | undefined {
  const isThere = (program: string) => !spawnSync(program, ['-version']).error
  const missing = ['java', 'mvn'].filter((program) => !isThere(program))
  return missing.length > 0 ? `${missing.join(' and ')} must be installed` : undefined
}

interface SearchServerOptions {
  cores?: string | undefined
  /** As Java takes it; with the default both start two seconds sooner than with their own. */
  heap?: string
}

/** A real engine of one node on a free port of loopback, without a password. */
export async function startSearchServer(
  engine: SearchEngine,
  { cores, heap = '512m' }: SearchServerOptions = {},
): Promise<SearchServer> {
  const pinned = cores === undefined ? [] : ['taskset', '-c', cores]
  const [java = '', ...words] = await install(engine)
  const command = [...pinned, java, `-Xms${heap}`, `-Xmx${heap}`, ...words]
  const folder = await makeFolder()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const boot = () => run({ command: [...command, String(port), folder], folder, url })
  let running = await boot()
  return {
    url,
    get pid() {
      return running.pid
    },
    crash: () => running.kill(),
    async restart() {
      await running.kill()
      running = await boot()
    },
    async [Symbol.asyncDispose]() {
      await running.kill()
      await removeFolder(folder)
    },
  }
}

async function install(engine: SearchEngine): Promise<string[]> {
  const { stdout } = await promisify(execFile)(INSTALL, [engine], { timeout: INSTALL_WITHIN_MS })
  return stdout.trim().split('\n')
}

interface Run {
  command: string[]
  folder: string
  url: string
}

async function run({ command, folder, url }: Run) {
  await mkdir(folder, { recursive: true })
  const [program = '', ...args] = command
  // It ends with its input, so it does not outlive a test run that is killed.
  const options = { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] } satisfies SpawnOptions
  const child = spawn(program, args, options)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-4_000)
    })
  const ended = once(child, 'close')
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await ended
  }
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(`the search server ended: ${output}`)
    const health = `${url}/_cluster/health?wait_for_status=yellow&timeout=1s`
    return (await fetch(health).catch(() => undefined))?.ok
  }
  try {
    await settle('the search server answers', isReady, READY_WITHIN_MS)
    return { kill, pid: child.pid ?? 0 }
  } catch (error) {
    await kill()
    throw error
  }
}
