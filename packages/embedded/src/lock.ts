import { mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError, explain } from './error.ts'
import { bootId, isRunning, startOf } from './process.ts'

/** Refuses a second living process on the same directory; a lock left by a kill -9 does not count. */
export async function lockDataDirectory(directory: string): Promise<AsyncDisposable> {
  try {
    const path = resolve(directory)
    mkdirSync(path, { recursive: true })
    return await lockFolder(join(realpathSync(path), 'lock'), path)
  } catch (error) {
    throw explain(error, directory)
  }
}

const ATTEMPTS = 6
const held = new Set<string>()

/**
 * Everybody puts down a claim first and looks around second, so of two that start together at
 * least one sees the other. When both do, both step back and try again at a random moment.
 */
export async function lockFolder(folder: string, directory: string): Promise<AsyncDisposable> {
  for (let attempt = 1; ; attempt++) {
    const rival = held.has(folder) ? process.pid : claim(folder)
    if (rival === undefined) return { [Symbol.asyncDispose]: async () => release(folder) }
    if (attempt === ATTEMPTS || rival === process.pid) throw inUse(rival, directory)
    await sleep(5 + Math.random() * 40)
  }
}

function claim(folder: string): number | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, ownClaim()), '')
  const others = readdirSync(folder).filter((name) => name !== ownClaim())
  const rival = others.find(isAlive)
  if (rival !== undefined) {
    rmSync(join(folder, ownClaim()), { force: true })
    return pidOf(rival)
  }
  for (const name of others) rmSync(join(folder, name), { force: true })
  held.add(folder)
  return undefined
}

function release(folder: string): void {
  if (held.delete(folder)) rmSync(join(folder, ownClaim()), { force: true })
}

// The name is the whole claim: a file cannot be seen half written if it has nothing in it.
const nameFor = (pid: number): string => `${pid}.${word(startOf(pid))}.${word(bootId())}`
const ownClaim = (): string => nameFor(process.pid)
const word = (text: string): string => text.replaceAll(/[^\w-]+/g, '_')
const pidOf = (name: string): number => Number.parseInt(name, 10)

function isAlive(name: string): boolean {
  const pid = pidOf(name)
  return pid > 0 && isRunning(pid) && name === nameFor(pid)
}

const inUse = (pid: number, directory: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `Another ChatApp process (pid ${pid}) is using ${directory}; stop it or set CHATAPP_DATA_DIR to another directory.`,
  )
