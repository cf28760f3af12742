import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface ProcessOptions {
  /** Where it runs; by default here. */
  directory?: string
  /** Arguments of Node. */
  args: string[]
  env?: Record<string, string>
  /** As taskset takes them: `0` or `0,1`; undefined: wherever this process may run. */
  cores: string | undefined
  /** Its first match in the output says that the process is ready; resolves to the first group. */
  ready: RegExp
}

/** A Node process of ours. */
export interface Started extends AsyncDisposable {
  pid: number
  ready: string
}

const running = new Set<ChildProcess>()
const READY_WITHIN_MS = 120_000
const STOPPED_WITHIN_MS = 15_000

export async function startProcess(options: ProcessOptions): Promise<Started> {
  const { args, cores, env, ready } = options
  const { PATH, HOME, TMPDIR } = process.env
  const node = [process.execPath, ...args]
  const [file = '', ...rest] = cores === undefined ? node : ['taskset', '-c', cores, ...node]
  const child = spawn(file, rest, {
    env: { PATH, HOME, TMPDIR, ...env },
    cwd: options.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  try {
    return {
      pid: child.pid ?? 0,
      ready: await waitFor(child, ready),
      [Symbol.asyncDispose]: () => stop(child),
    }
  } catch (error) {
    await stop(child)
    throw error
  }
}

/** Ends every process that is still there. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(stop))
}

async function waitFor(child: ChildProcess, ready: RegExp): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let output = ''
  const read = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-10_000)
    const match = ready.exec(output)
    if (match) resolve(match[1] ?? '')
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  child.once('error', reject)
  child.once('close', (code) => reject(new Error(`a process ended with ${code}: ${output}`)))
  const timer = setTimeout(() => reject(new Error(`not ready: ${output}`)), READY_WITHIN_MS)
  return promise.finally(() => clearTimeout(timer))
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS)
  await closed
  clearTimeout(timer)
}
