import { spawnSync } from 'node:child_process'
import { appendFile, chown, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, type EmbeddedPostgres, startEmbeddedPostgres } from '@chatapp/embedded'
import { connectPostgres, type Postgres, type PostgresTarget } from '@chatapp/service-kit'
import type { TestDatabase } from './databases.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { roles, superuserOf, type TestRole } from './test-server.ts'

export interface Replicated extends AsyncDisposable {
  /** The primary's database. */
  database: TestDatabase
  /** To the copy that follows it, as a superuser. */
  replica: PostgresTarget
  replicaUrlOf(role: TestRole): string
  stopReplica(): Promise<void>
  startReplica(): Promise<void>
}

/** Two servers of their own: a primary, and a copy that streams its log. */
export async function startReplicated(): Promise<Replicated> {
  const [home, copy] = [await makeFolder(), await makeFolder()]
  const primary = await startEmbeddedPostgres({ directory: home, roles: [...roles] })
  const superuser = await superuserOf(home, primary.connection('users'))
  await appendFile(join(home, 'postgres/data/pg_hba.conf'), 'local replication all scram-sha-256\n')
  await withAdmin(superuser, async ({ sql }) => {
    await sql`select pg_reload_conf()`
    await copyRunning({ sql, from: home, to: copy })
  })
  const follow = () =>
    startEmbeddedPostgres({
      directory: copy,
      roles: [...roles],
      settings: { primary_conninfo: toConninfo(superuser), hot_standby: 'on' },
    })
  let replica: EmbeddedPostgres = await follow()
  return {
    database: {
      name: superuser.database,
      targetOf: (role) => ({ socket: primary.connection(role) }),
      admin: { socket: superuser },
      [Symbol.asyncDispose]: async () => {},
    },
    replica: { socket: { ...superuser, host: replica.connection('users').host } },
    replicaUrlOf: (role) => toUrl(replica.connection(role)),
    stopReplica: () => replica.stop(),
    async startReplica() {
      replica = await follow()
    },
    async [Symbol.asyncDispose]() {
      await replica.stop()
      await primary.stop()
      await Promise.all([home, copy].map(removeFolder))
    },
  }
}

async function withAdmin(
  superuser: Connection,
  work: (admin: Postgres<unknown>) => Promise<void>,
): Promise<void> {
  const target = { socket: superuser }
  await using admin = await connectPostgres({ target, name: 'tests', maxConnections: 1 })
  await work(admin)
}

interface Copy {
  sql: Postgres<unknown>['sql']
  from: string
  to: string
}

/** A base backup of a running server by its SQL functions: the binaries bring no pg_basebackup. */
async function copyRunning({ sql, from, to }: Copy): Promise<void> {
  const [source, target] = [join(from, 'postgres/data'), join(to, 'postgres/data')]
  await sql`select pg_backup_start('copy', true)`
  await mkdir(join(to, 'postgres'), { recursive: true })
  await mkdir(join(to, 'secrets'), { recursive: true, mode: 0o700 })
  // Owners stay: the server is another user when the tests run as root.
  spawnSync('cp', ['-a', source, target])
  spawnSync('cp', ['-a', join(from, 'secrets/postgres.json'), join(to, 'secrets')])
  await rm(join(target, 'postmaster.pid'))
  const [row] = await sql<{ label: string }[]>`select labelfile as label from pg_backup_stop(false)`
  const owner = await stat(target)
  for (const [name, text] of [
    ['backup_label', row?.label ?? ''],
    ['standby.signal', ''],
  ] as const) {
    await writeFile(join(target, name), text)
    await chown(join(target, name), owner.uid, owner.gid)
  }
}

const toConninfo = ({ host, port, username, password }: Connection) =>
  `host=${host} port=${port} user=${username} password=${password}`

const toUrl = ({ host, port, database, username, password }: Connection) =>
  `postgres://${username}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
