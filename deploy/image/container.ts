import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settle } from '@chatapp/dev-env'
import type { Image } from './build.ts'
import { chrootCommand } from './chroot.ts'

export interface Container extends AsyncDisposable {
  url: string
  output(): string
  /** Resolves to the exit code of the image's HEALTHCHECK. */
  checkHealth(): Promise<number>
  /** Resolves to the exit code of a command inside, as `docker exec` does. */
  exec(command: string[]): Promise<number>
  /** Sends the image's stop signal; resolves to the exit code. */
  stop(): Promise<number | null>
}

interface ContainerOptions {
  env?: Record<string, string>
  command?: string[]
}

const READY_WITHIN_MS = 120_000

/** Runs an image as its user on a file system that can't be written, until it says that it is ready. */
export async function startContainer(
  image: Image,
  options: ContainerOptions = {},
): Promise<Container> {
  const container = await createContainer(image, options)
  try {
    await settle('the container is ready', container.isReady, READY_WITHIN_MS)
    return container
  } catch (error) {
    await container[Symbol.asyncDispose]()
    throw new Error(`The container does not start: ${container.output().slice(-500)}`, {
      cause: error,
    })
  }
}

/** Runs an image until it ends by itself. */
export async function runContainer(
  image: Image,
  options: ContainerOptions = {},
): Promise<{ code: number | null; output: string }> {
  await using container = await createContainer(image, options)
  const code = await container.exit
  return { code, output: container.output() }
}

async function createContainer(image: Image, { env = {}, command }: ContainerOptions) {
  const volumes = await makeVolumes(image)
  const port = await freePort()
  const inside = {
    env: { ...image.env, HOST: '127.0.0.1', PORT: String(port), ...env },
    workdir: image.workdir,
    user: image.user,
    volumes,
  }
  const start = (what: string[]) => {
    const [program = '', ...args] = chrootCommand(image.root, what, inside)
    return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const child = start([...image.entrypoint, ...(command ?? image.command)])
  const output = gatherOutput(child)
  const exit = exitOf(child)
  const exec = (what: string[]) => {
    const other = start(what)
    gatherOutput(other)
    return exitOf(other).then((code) => code ?? 1)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    output,
    exit,
    exec,
    isReady() {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
      return /ready at/.test(output())
    },
    checkHealth: () => exec(image.healthcheck),
    stop() {
      child.kill(image.stopSignal)
      return exit
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await exit
      for (const folder of Object.values(volumes)) await rm(folder, { recursive: true })
    },
  }
}

/** Empty folders that belong to the image's user. */
async function makeVolumes({ volumes, user }: Image): Promise<Record<string, string>> {
  const [uid, gid] = user.split(':').map(Number)
  const made = volumes.map(async (path) => {
    const folder = await mkdtemp(join(tmpdir(), 'chatapp-volume-'))
    await chown(folder, uid ?? 0, gid ?? 0)
    return [path, folder]
  })
  return Object.fromEntries(await Promise.all(made))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

function gatherOutput(child: ChildProcess): () => string {
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => parts.push(text))
  return () => parts.join('')
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close')
  return code
}
