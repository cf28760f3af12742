import { constants, existsSync } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'
import { toSentence } from '../failure.ts'
import { refuseBusyPort } from '../start/port.ts'
import { type Finding, fine, wrong } from './check.ts'
import { isOurs } from './ours.ts'

/** The oldest that runs TypeScript sources as they are. */
const OLDEST_NODE = [22, 19] as const
const LEAST_FREE_BYTES = 1024 ** 3
/** Made long before this version: a clock that shows less is not set. */
const EARLIEST_NOW = Date.UTC(2026, 0, 1)

export function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNewEnough =
    major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
  return isNewEnough
    ? fine('Node.js', process.versions.node)
    : wrong('Node.js', process.versions.node, `install Node.js ${OLDEST_NODE.join('.')} or later`)
}

export async function checkDataDirectory({ dataDirectory }: Config): Promise<Finding> {
  const check = 'data directory'
  const place = nearestExisting(dataDirectory)
  if (!(await stat(place)).isDirectory())
    return wrong(check, `${place} is not a directory`, 'set CHATAPP_DATA_DIR to a directory')
  try {
    await access(place, constants.W_OK)
  } catch {
    return wrong(
      check,
      `this user may not write to ${place}`,
      'give it the right, or set CHATAPP_DATA_DIR',
    )
  }
  return fine(check, place === dataDirectory ? dataDirectory : `${dataDirectory}, to be made`)
}

export async function checkDisk({ dataDirectory }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestExisting(dataDirectory))
  const free = bavail * bsize
  const detail = `${(free / 1024 ** 3).toFixed(1)} GB free`
  return free > LEAST_FREE_BYTES
    ? fine('disk space', detail)
    : wrong('disk space', detail, 'free at least 1 GB: a full disk stops the database')
}

export function checkClock(now = Date.now()): Finding {
  const time = new Date(now).toISOString()
  return now > EARLIEST_NOW
    ? fine('clock', time)
    : wrong('clock', time, 'set the clock of this machine: tokens end by it')
}

export async function checkPort({ gateway }: Config): Promise<Finding> {
  const detail = `${gateway.port}`
  if (await isOurs(gateway)) return fine('port', `${detail}, ChatApp answers there`)
  try {
    await refuseBusyPort(gateway)
    return fine('port', `${detail} is free`)
  } catch (error) {
    return wrong('port', toSentence(error), 'set PORT and HOST to where ChatApp may listen')
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}
