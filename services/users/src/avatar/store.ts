import type { BlobStore, createFileBlobs } from '@chatapp/service-kit'
import type { Queries } from '../db/schema.ts'
import { deleteAvatar, findAvatar, insertAvatar } from './queries.ts'

/** Pictures in the database, where every process of this service finds them. */
export function createTableBlobs(sql: Queries): BlobStore {
  return {
    put: (key, bytes) => insertAvatar(sql, key, bytes),
    // PostgreSQL takes no text with U+0000, which a path may name.
    find: async (key) => (key.includes('\0') ? undefined : findAvatar(sql, key)),
    remove: (key) => deleteAvatar(sql, key),
  }
}

type Files = ReturnType<typeof createFileBlobs>

/** Installations of before have files in the data directory: they are found until they are moved. */
export function withFilesOfBefore(table: BlobStore, files: Files): BlobStore {
  return {
    put: table.put,
    find: async (key) => (await table.find(key)) ?? files.find(key),
    async remove(key) {
      await files.remove(key)
      await table.remove(key)
    },
  }
}

/** Harmless when it is interrupted, or done by two processes at once. */
export async function moveFiles(files: Files, table: BlobStore): Promise<number> {
  const keys = await files.keys()
  for (const key of keys) {
    const picture = await files.find(key)
    if (picture) await table.put(key, picture)
    await files.remove(key)
  }
  return keys.length
}
