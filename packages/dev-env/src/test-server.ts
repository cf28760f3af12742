import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, startEmbeddedPostgres } from '@chatapp/embedded'

/** Of every service, whether it is there yet or not. */
export const roles = ['users', 'messages', 'notifications'] as const
export type TestRole = (typeof roles)[number]

/** How to reach the one PostgreSQL server of a test run. */
export interface TestServer {
  superuser: Connection
  byRole: Record<TestRole, Connection>
}

export interface RunningTestServer extends TestServer {
  stop(): Promise<void>
}

/** Nothing in it has to survive, and every test boots a product of its own with three pools. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  autovacuum: 'off',
}

export async function startTestServer(directory: string): Promise<RunningTestServer> {
  const server = await startEmbeddedPostgres({ directory, roles: [...roles], settings: SETTINGS })
  const byRole = {
    users: server.connection('users'),
    messages: server.connection('messages'),
    notifications: server.connection('notifications'),
  }
  return { superuser: await superuserOf(directory, byRole.users), byRole, stop: server.stop }
}

/** The launcher gives out no superuser; its secrets, which only its owner may read, know one. */
export async function superuserOf(directory: string, sibling: Connection): Promise<Connection> {
  const file = join(directory, 'secrets', 'postgres.json')
  const { superuser } = JSON.parse(await readFile(file, 'utf8'))
  return { ...sibling, username: 'chatapp', password: superuser }
}
