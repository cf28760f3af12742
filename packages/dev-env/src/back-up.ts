import { spawnSync } from 'node:child_process'
import { chown, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from '@chatapp/embedded'
import { connectPostgres } from '@chatapp/service-kit'
import { superuserOf } from './test-server.ts'

/**
 * A copy of a data directory whose ChatApp runs on, as docs/operations.md has it: by PostgreSQL's own
 * functions, because the embedded one comes without pg_basebackup.
 */
export async function backUp(from: string, to: string): Promise<void> {
  const target = { socket: await superuserIn(from) }
  await using admin = await connectPostgres({ target, name: 'backup', maxConnections: 1 })
  const [source, copy] = [join(from, 'postgres/data'), join(to, 'postgres/data')]
  await admin.sql`select pg_backup_start('backup', true)`
  for (const part of ['secrets', 'avatars', 'postgres/data']) await copyInto(from, to, part)
  await rm(join(copy, 'postmaster.pid'))
  const [stopped] = await admin.sql`select labelfile as label from pg_backup_stop(false)`
  await rm(join(copy, 'pg_wal'), { recursive: true })
  spawnSync('cp', ['-a', join(source, 'pg_wal'), copy])
  await writeAsOwner(copy, 'backup_label', String(stopped?.label))
}

/** Of the embedded server that runs there. */
async function superuserIn(directory: string): Promise<Connection> {
  const host = await realpath(join(directory, 'postgres/socket'))
  const place = { host, port: 5432, database: 'chatapp', username: '', password: '' }
  return superuserOf(directory, place)
}

/** As the one who owns the files: the server is another user when the tests run as root. */
export async function writeAsOwner(folder: string, name: string, text: string): Promise<void> {
  const owner = await stat(folder)
  await writeFile(join(folder, name), text)
  await chown(join(folder, name), owner.uid, owner.gid)
}

async function copyInto(from: string, to: string, part: string): Promise<void> {
  spawnSync('mkdir', ['-p', join(to, part)])
  await rm(join(to, part), { recursive: true })
  // Owners and modes stay as they are.
  spawnSync('cp', ['-a', join(from, part), join(to, part)])
}
