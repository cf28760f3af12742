import { connectPostgres, type PostgresTarget, type Sql } from '@chatapp/service-kit'
import { sharedTestServer } from './config.ts'
import type { TestRole } from './test-server.ts'

export interface TestDatabase extends AsyncDisposable {
  name: string
  /** As a service connects to it. */
  targetOf(role: TestRole): PostgresTarget
  /** As a superuser, for a look at or a hand on everything. */
  admin: PostgresTarget
}

let made = 0

/** An empty database of its own with the roles' schemas, as the embedded one is at a first start. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { superuser, byRole } = sharedTestServer()
  const name = `test_${process.pid}_${++made}`
  await withAdmin((sql) => sql`create database ${sql(name)} template ${sql(superuser.database)}`)
  return {
    name,
    targetOf: (role) => ({ socket: { ...byRole[role], database: name } }),
    admin: { socket: { ...superuser, database: name } },
    async [Symbol.asyncDispose]() {
      await withAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`)
    },
  }
}

/** For a process of its own. */
export function urlOf(database: TestDatabase, role: TestRole): string {
  const { socket } = database.targetOf(role)
  if (!socket) throw new Error('the test server is reached by a socket')
  const { username, password, host } = socket
  return `postgres://${username}:${encodeURIComponent(password)}@${encodeURIComponent(host)}/${database.name}`
}

/** Connected to none of the databases that are copied or dropped. */
async function withAdmin<T>(work: (sql: Sql) => PromiseLike<T>): Promise<T> {
  const target = { socket: { ...sharedTestServer().superuser, database: 'postgres' } }
  const postgres = await connectPostgres({ target, name: 'tests', maxConnections: 1 })
  try {
    return await work(postgres.sql)
  } finally {
    await postgres[Symbol.asyncDispose]()
  }
}
