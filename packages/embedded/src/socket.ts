import { lstat, mkdtemp, readlink, rm, rmdir, symlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'
import { makePrivateFolder } from './folders.ts'
import type { ServerUser } from './user.ts'

/** There is no TCP; the number is only a part of the socket's name. */
export const PORT = 5432

/** The kernel's limit is 107 bytes on Linux and 103 on macOS. */
const PATH_LIMIT_BYTES = 100

const socketPath = (folder: string): string => join(folder, `.s.PGSQL.${PORT}`)

/** Inside the data directory, or, when that path is too long, in a folder that a link there names. */
export async function makeSocketFolder(
  home: string,
  user: ServerUser | undefined,
): Promise<string> {
  const inside = join(home, 'socket')
  const kept = await readlink(inside).catch(() => undefined)
  if (kept !== undefined && (await isOurs(kept, user))) return kept
  if (kept !== undefined) await rm(inside)
  if (fits(inside)) {
    await makePrivateFolder(inside, user)
    return inside
  }
  const outside = await mkdtemp(join(temporaryFolder(), 'chatapp-'))
  await makePrivateFolder(outside, user)
  await rm(inside, { recursive: true, force: true })
  await symlink(outside, inside)
  return outside
}

/** What a killed server left; its lock names a pid that may be a stranger's or a zombie's by now. */
export async function removeSocket(folder: string): Promise<void> {
  await rm(socketPath(folder), { force: true })
  await rm(`${socketPath(folder)}.lock`, { force: true })
}

/** PostgreSQL has removed its socket by now, so an emptied folder outside can go. */
export async function removeSocketFolder(home: string, folder: string): Promise<void> {
  if (folder !== join(home, 'socket')) await rmdir(folder).catch(() => undefined)
}

export function isAnswering(folder: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(socketPath(folder))
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

const fits = (folder: string): boolean => Buffer.byteLength(socketPath(folder)) <= PATH_LIMIT_BYTES

/** A temporary directory is open to everybody: never trust what another user may have put there. */
async function isOurs(folder: string, user: ServerUser | undefined): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined)
  const owner = user?.uid ?? process.getuid?.()
  return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0
}

function temporaryFolder(): string {
  const folder = [tmpdir(), '/tmp'].find((path) => fits(join(path, 'chatapp-XXXXXX')))
  if (folder) return folder
  throw new EmbeddedPostgresError(
    'The path of the temporary directory is too long; set TMPDIR to a shorter one.',
  )
}
