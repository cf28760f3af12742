import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, type EmbeddedPostgres, startEmbeddedPostgres } from '@chatapp/embedded'
import { connectPostgres, type PostgresTarget } from '@chatapp/service-kit'
import { backUp, writeAsOwner } from './back-up.ts'
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
  await reload(superuser)
  await backUp(home, copy)
  await writeAsOwner(join(copy, 'postgres/data'), 'standby.signal', '')
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

async function reload(superuser: Connection): Promise<void> {
  const target = { socket: superuser }
  await using admin = await connectPostgres({ target, name: 'tests', maxConnections: 1 })
  await admin.sql`select pg_reload_conf()`
}

const toConninfo = ({ host, port, username, password }: Connection) =>
  `host=${host} port=${port} user=${username} password=${password}`

const toUrl = ({ host, port, database, username, password }: Connection) =>
  `postgres://${username}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
