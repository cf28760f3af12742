import { bringUp } from './bring-up.ts'
import { EmbeddedPostgresError, explain } from './error.ts'
import { type Folders, makeFolders } from './folders.ts'
import { lockFolder } from './lock.ts'
import { beginStop, stopPostmaster } from './postmaster.ts'
import { checkRoles, DATABASE, loginOf } from './roles.ts'
import type { Secrets } from './secrets.ts'
import { loadSecrets } from './secrets.ts'
import type { Server } from './server.ts'
import type { Settings } from './settings.ts'
import { prepareSite, type Site } from './site.ts'
import { PORT, removeSocketFolder } from './socket.ts'

export interface Connection {
  host: string
  port: number
  database: string
  username: string
  password: string
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** For one of the roles named at the start; `host` is the directory of a unix socket. */
  connection(role: string): Connection
  /** True when the server of a ChatApp that was killed has been taken over. */
  readonly adopted: boolean
  readonly pid: number
  /** Ends the server in order and waits until it is gone. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** ChatApp's data directory; the database lives in `postgres` below it. */
  directory: string
  roles: string[]
  /** Over the defaults, such as `{ shared_buffers: '512MB' }`. */
  settings?: Settings
  signal?: AbortSignal | undefined
}

export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  try {
    options.signal?.throwIfAborted()
    checkRoles(options.roles)
    const folders = await makeFolders(options.directory)
    const lock = await lockFolder(folders.lock, options.directory)
    return await startLocked(folders, { lock, options })
  } catch (error) {
    options.signal?.throwIfAborted()
    throw explain(error, options.directory)
  }
}

async function startLocked(
  folders: Folders,
  { lock, options }: { lock: AsyncDisposable; options: EmbeddedPostgresOptions },
): Promise<EmbeddedPostgres> {
  try {
    const site = await prepareSite(folders, options.signal)
    const secrets = await loadSecrets(folders.secrets, options.roles)
    const { roles, settings = {} } = options
    const running = await bringUp(site, { secrets, roles, settings })
    return present(running, { site, secrets, lock })
  } catch (error) {
    await lock[Symbol.asyncDispose]()
    throw error
  }
}

function present(
  { server, adopted }: { server: Server; adopted: boolean },
  { site, secrets, lock }: { site: Site; secrets: Secrets; lock: AsyncDisposable },
): EmbeddedPostgres {
  const onExit = (): void => beginStop(server.pid, server.marker)
  process.on('exit', onExit)
  let stopping: Promise<void> | undefined
  const end = async (): Promise<void> => {
    await stopPostmaster(server.pid, server.marker)
    await removeSocketFolder(site.folders.home, server.socketFolder)
    process.off('exit', onExit)
    await lock[Symbol.asyncDispose]()
  }
  const stop = (): Promise<void> => (stopping ??= end())
  return {
    connection: (role) => connectionOf(server, role, secrets.roles[role]),
    adopted,
    pid: server.pid,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function connectionOf(server: Server, role: string, password: string | undefined): Connection {
  if (password === undefined) {
    throw new EmbeddedPostgresError(`There is no database role "${role}".`)
  }
  return {
    host: server.socketFolder,
    port: PORT,
    database: DATABASE,
    username: loginOf(role),
    password,
  }
}
