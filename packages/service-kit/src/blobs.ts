import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createId } from './ids.ts'

/** Bytes by key, written once. Keys are letters, digits, `_` and `-`. */
export interface BlobStore {
  /** Resolves when they would survive a crash. */
  put(key: string, bytes: Uint8Array): Promise<void>
  find(key: string): Promise<Uint8Array | undefined>
  /** Also what is not there. */
  remove(key: string): Promise<void>
}

/** A file for each key in one folder. */
export function createFileBlobs(folder: string): BlobStore & { keys(): Promise<string[]> } {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error('a key of a blob has letters, digits, _ and - only')
    return join(folder, key)
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const draft = `${path}.${createId()}`
      await writeFile(draft, bytes, { flush: true })
      await rename(draft, path)
    },
    find: async (key) => (KEY.test(key) ? readIfThere(pathOf(key)) : undefined),
    remove: (key) => rm(pathOf(key), { force: true }),
    async keys() {
      const names = await readdir(folder).catch(emptyIfAbsent)
      return names.filter((name) => KEY.test(name))
    },
  }
}

const KEY = /^[\w-]{1,64}$/

function emptyIfAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
