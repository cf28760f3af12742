import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type PostgresTarget, readPostgresSettings } from '@chatapp/service-kit'
import { sharedTestServer } from './config.ts'
import type { TestDatabase } from './databases.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { settle } from './settle.ts'
import { roles, type TestRole } from './test-server.ts'

export interface PgBouncer extends AsyncDisposable {
  targetOf(role: TestRole): PostgresTarget
  /** Ends it with all its connections, at once, and starts it again in the same place. */
  restart(): Promise<void>
}

export const hasPgBouncer = () => spawnSync('pgbouncer', ['--version']).status === 0

/** Debian's PgBouncer in transaction mode, with few connections, before a test database. */
export async function startPgBouncer(database: TestDatabase): Promise<PgBouncer> {
  const folder = await makeFolder()
  const port = await findFreePort()
  const { byRole } = sharedTestServer()
  await writeConfig(folder, { port, database })
  let child = await launch(folder, port)
  async function end() {
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  return {
    targetOf: (role) => ({
      socket: {
        host: '127.0.0.1',
        port,
        database: database.name,
        username: byRole[role].username,
        password: byRole[role].password,
      },
      settings: readPostgresSettings({ DATABASE_POOLER: 'transaction' }),
    }),
    async restart() {
      await end()
      child = await launch(folder, port)
    },
    async [Symbol.asyncDispose]() {
      await end()
      await removeFolder(folder)
    },
  }
}

async function writeConfig(
  folder: string,
  { port, database }: { port: number; database: TestDatabase },
): Promise<void> {
  const { superuser, byRole } = sharedTestServer()
  const users = roles.map((role) => `"${byRole[role].username}" "${byRole[role].password}"`)
  const config = `[databases]
${database.name} = host=${superuser.host} port=${superuser.port} dbname=${database.name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = 4
max_client_conn = 100
`
  await writeFile(join(folder, 'users.txt'), `${users.join('\n')}\n`)
  await writeFile(join(folder, 'pgbouncer.ini'), config)
  // It does not run as root, and what it must read is for this test alone.
  await chmod(folder, 0o755)
}

async function launch(folder: string, port: number) {
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn('pgbouncer', ['-q', ...asNobody, join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
  })
  await settle('PgBouncer listens', () => isListening(port))
  return child
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function isListening(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}`).then(
    () => 'heard',
    (error: Error & { cause?: { code?: string } }) => error.cause?.code,
  )
  return answer !== 'ECONNREFUSED'
}
