import { type EmbeddedPostgres, startEmbeddedPostgres } from '@chatapp/embedded'
import type { TestDatabase } from './databases.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { isRunning } from './is-running.ts'
import { settle } from './settle.ts'
import { roles, superuserOf } from './test-server.ts'

export interface OwnDatabase extends TestDatabase {
  /** Its data directory is `postgres` below it. */
  directory: string
  pid(): number
  /** Ends it as `pg_ctl restart -m immediate` does, if it runs, and starts it again in the same place. */
  restart(): Promise<void>
}

/** A dozen processes with a pool each. */
const SETTINGS = { max_connections: '300' }
const ENDS_WITHIN_MS = 30_000

/** A PostgreSQL server for one database alone, as durable as that of the product. */
export async function startOwnDatabase(signal?: AbortSignal): Promise<OwnDatabase> {
  const directory = await makeFolder()
  const start = () =>
    startEmbeddedPostgres({ directory, roles: [...roles], settings: SETTINGS, signal })
  const close = async (server: EmbeddedPostgres | undefined) => {
    await server?.stop()
    await removeFolder(directory)
  }
  let server: EmbeddedPostgres
  try {
    server = await start()
  } catch (error) {
    await close(undefined)
    throw error
  }
  const superuser = await superuserOf(directory, server.connection('users'))
  return {
    directory,
    pid: () => server.pid,
    name: superuser.database,
    targetOf: (role) => ({ socket: server.connection(role) }),
    admin: { socket: superuser },
    async restart() {
      const { pid } = server
      if (isRunning(pid)) process.kill(pid, 'SIGQUIT')
      await settle('PostgreSQL has ended', () => !isRunning(pid), ENDS_WITHIN_MS)
      await server.stop()
      server = await start()
    },
    [Symbol.asyncDispose]: () => close(server),
  }
}
