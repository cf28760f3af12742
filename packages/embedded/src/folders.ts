import { constants } from 'node:fs'
import {
  access,
  chmod,
  chown,
  lchown,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  stat,
} from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'
import type { ServerUser } from './user.ts'
import { canEnter, chooseServerUser } from './user.ts'

/** Where things are below the data directory. */
export interface Folders {
  directory: string
  home: string
  data: string
  libraries: string
  log: string
  secrets: string
  lock: string
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024

export async function makeFolders(path: string): Promise<Folders> {
  await mkdir(resolve(path), { recursive: true })
  const directory = await realpath(resolve(path))
  const home = join(directory, 'postgres')
  await mkdir(home, { recursive: true })
  await access(home, constants.W_OK)
  return {
    directory,
    home,
    data: join(home, 'data'),
    libraries: join(home, 'lib'),
    log: join(home, 'log'),
    secrets: join(directory, 'secrets'),
    lock: join(home, 'lock'),
  }
}

/** The server's user passes through our folders and sees only what is its own. */
export async function openFolders(folders: Folders): Promise<ServerUser | undefined> {
  const user = chooseServerUser(folders.data)
  const data = await stat(folders.data).catch(() => undefined)
  if (data && !user && data.uid !== process.getuid?.()) {
    throw new EmbeddedPostgresError(
      `${folders.data} belongs to another user (uid ${data.uid}); start ChatApp as that user, give it the directory or set CHATAPP_DATA_DIR to another one.`,
    )
  }
  if (user && data?.uid === 0) await giveTo(user, folders.data)
  await chmod(folders.home, user ? 0o711 : 0o700)
  if (user) await letPass(user, folders.directory)
  return user
}

export async function makePrivateFolder(path: string, user: ServerUser | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
  if (user) await chown(path, user.uid, user.gid)
}

/** The server's log, opened by ChatApp: the server needs no right on the file itself. */
export async function openLog(path: string): Promise<{ fd: number; close: () => Promise<void> }> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  if (size > LOG_LIMIT_BYTES) await rename(path, `${path}.1`)
  const file = await open(path, 'a+', 0o640)
  return { fd: file.fd, close: () => file.close() }
}

/** Only on a directory of ChatApp's own; a closed home stays closed, there is another way in. */
async function letPass(user: ServerUser, directory: string): Promise<void> {
  const { uid, mode } = await stat(directory)
  if (uid !== 0 || directory === homedir() || canEnter(user, directory)) return
  await chmod(directory, (mode & 0o7777) | 0o011)
}

async function giveTo(user: ServerUser, folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, name), user.uid, user.gid)
  }
  await chown(folder, user.uid, user.gid)
}
