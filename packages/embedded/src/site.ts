import { dirname } from 'node:path'
import type { Binaries } from './binaries.ts'
import { findBinaries, linkLibraries } from './binaries.ts'
import type { Folders } from './folders.ts'
import { openFolders } from './folders.ts'
import { makeSocketFolder } from './socket.ts'
import type { RunAs, ServerUser } from './user.ts'
import { chooseRunAs } from './user.ts'

/** Everything that is settled before a server runs: what, where and as whom. */
export interface Site {
  binaries: Binaries
  folders: Folders
  user: ServerUser | undefined
  runAs: RunAs
  socketFolder: string
  signal: AbortSignal | undefined
}

export async function prepareSite(
  folders: Folders,
  signal: AbortSignal | undefined,
): Promise<Site> {
  const binaries = findBinaries()
  const user = await openFolders(folders)
  await linkLibraries(binaries, folders.libraries)
  const socketFolder = await makeSocketFolder(folders.home, user)
  const needed = { executable: binaries.postgres, folders: [folders.home, dirname(socketFolder)] }
  return { binaries, folders, user, runAs: chooseRunAs(user, needed), socketFolder, signal }
}
