import { execFile } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BASE_COPY, BASE_PATH, chrootCommand } from './chroot.ts'
import { npmSettings } from './config.ts'
import { copyContext } from './context.ts'
import { readDockerfile, type Stage, type Step } from './dockerfile.ts'

/** What a stage leaves: a file system, and what runs in it. */
export interface Image {
  root: string
  workdir: string
  user: string
  env: Record<string, string>
  entrypoint: string[]
  command: string[]
  healthcheck: string[]
  stopSignal: NodeJS.Signals
  volumes: string[]
}

const run = promisify(execFile)

/**
 * Does what the Dockerfile says step by step, without an engine: every stage is a folder, and the
 * machine's own Debian stands for the base image.
 */
export class Builder {
  readonly #folder: string
  readonly #stages: Stage[]
  readonly #built = new Map<string, Promise<Image>>()
  readonly context: string[]

  constructor(repository: string, folder: string) {
    this.#folder = folder
    this.#stages = readDockerfile(join(repository, 'Dockerfile'))
    this.context = copyContext(repository, this.#contextFolder)
  }

  get #contextFolder() {
    return join(this.#folder, 'context')
  }

  /** Builds a stage after all that it needs, each of them once. */
  build(name: string): Promise<Image> {
    const known = this.#built.get(name)
    if (known) return known
    const stage = this.#stages.find((one) => one.name === name)
    if (!stage) throw new Error(`The Dockerfile has no stage ${name}`)
    const building = this.#buildStage(stage)
    this.#built.set(name, building)
    return building
  }

  async #buildStage(stage: Stage): Promise<Image> {
    const image = await this.#begin(stage)
    for (const step of stage.steps) await this.#take(step, image)
    return image
  }

  async #begin({ name, base }: Stage): Promise<Image> {
    const root = join(this.#folder, 'stages', name)
    await mkdir(root, { recursive: true })
    if (!this.#stages.some((stage) => stage.name === base)) return baseImage(root)
    const below = await this.build(base)
    await run('cp', ['--archive', `${below.root}/.`, root])
    return { ...below, env: { ...below.env }, volumes: [...below.volumes], root }
  }

  async #take(step: Step, image: Image): Promise<void> {
    switch (step.keyword) {
      case 'RUN':
        return runStep(step, image)
      case 'COPY':
        return this.#copy(step, image)
      case 'WORKDIR':
        image.workdir = step.text
        await mkdir(join(image.root, step.text), { recursive: true })
        return
      default:
        configure(step, image)
    }
  }

  async #copy({ flags, words }: Step, image: Image): Promise<void> {
    const from = flags.from ? (await this.build(flags.from)).root : this.#contextFolder
    const target = join(image.root, image.workdir, words.at(-1) ?? '')
    for (const word of words.slice(0, -1)) {
      const into = words.length > 2 ? join(target, word.split('/').at(-1) ?? '') : target
      await cp(join(from, word), into, { recursive: true, verbatimSymlinks: true })
    }
  }
}

async function baseImage(root: string): Promise<Image> {
  await run('cp', ['--archive', BASE_COPY, root])
  const user = { workdir: '/', user: '0:0', env: { PATH: BASE_PATH } }
  const commands = { entrypoint: [], command: [], healthcheck: [] }
  return { root, ...user, ...commands, stopSignal: 'SIGTERM', volumes: [] }
}

async function runStep({ text }: Step, { root, workdir, env }: Image): Promise<void> {
  const command = ['/bin/sh', '-c', text]
  const options = { env: { ...npmSettings(), ...env }, workdir }
  const [program = '', ...args] = chrootCommand(root, command, options)
  await run(program, args, { maxBuffer: 16 * 1024 * 1024 })
}

/** A step that writes no file. */
function configure({ keyword, words, text }: Step, image: Image): void {
  switch (keyword) {
    case 'ENV':
      Object.assign(image.env, readVariables(words, image.env))
      break
    case 'USER':
      image.user = text
      break
    case 'ENTRYPOINT':
      image.entrypoint = words
      break
    case 'CMD':
      image.command = words
      break
    case 'HEALTHCHECK':
      image.healthcheck = JSON.parse(text.slice(text.indexOf('[')))
      break
    case 'STOPSIGNAL':
      image.stopSignal = toSignal(text)
      break
    case 'VOLUME':
      image.volumes = words
      break
    case 'ARG':
    case 'LABEL':
    case 'EXPOSE':
      break
    default:
      throw new Error(`No idea what ${keyword} does`)
  }
}

function readVariables(words: string[], known: Record<string, string>): Record<string, string> {
  const put = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => known[name] ?? '')
  return Object.fromEntries(words.map((word) => put(word).split('=')))
}

function toSignal(name: string): NodeJS.Signals {
  if (name === 'SIGTERM' || name === 'SIGINT') return name
  throw new Error(`ChatApp does not drain on ${name}`)
}
