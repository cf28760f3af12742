import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@chatapp/embedded'
import { type Logger, type PostgresTarget, StartError } from '@chatapp/service-kit'
import { type Config, type StoringService, storingServices } from '../config.ts'
import { watchDatabase } from './watch-database.ts'

export interface Databases {
  targetOf(service: StoringService): PostgresTarget
}

export interface DatabaseOptions {
  log: Logger
  signal?: AbortSignal | undefined
  /** The embedded PostgreSQL ended and could not be brought back. */
  onLost?: ((error: StartError) => void) | undefined
}

/** Where each service keeps its tables; starts the embedded PostgreSQL when one of them needs it. */
export async function openDatabases(
  config: Config,
  options: DatabaseOptions,
): Promise<Databases & AsyncDisposable> {
  const given = config.databases
  if (storingServices.every((service) => given[service])) return withoutEmbedded(config)
  const { log, signal } = options
  const launch = () =>
    startEmbeddedPostgres({ directory: config.dataDirectory, roles: [...storingServices], signal })
  let embedded = await launch()
  log.info({ adopted: embedded.adopted, pid: embedded.pid }, 'embedded PostgreSQL is running')
  const watch = watchDatabase(embedded.connection('users').host, {
    log,
    async restart() {
      embedded = await relaunch(embedded, launch)
    },
    onLost: (reason) => options.onLost?.(explainLoss(reason, config)),
  })
  return {
    targetOf: (service) => ({
      settings: config.postgres,
      ...(given[service] ?? { socket: embedded.connection(service) }),
    }),
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      await embedded.stop()
    },
  }
}

function withoutEmbedded({ databases, postgres }: Config): Databases & AsyncDisposable {
  return {
    targetOf: (service) => ({ settings: postgres, ...databases[service] }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function explainLoss(reason: unknown, { dataDirectory }: Config): StartError {
  const why = reason instanceof Error ? reason.message : String(reason)
  const log = join(dataDirectory, 'postgres', 'log')
  return new StartError(`The embedded PostgreSQL does not stay up (${why}); its log is ${log}`)
}

/** The pools keep the address they were given, so only a server at the same place is of use. */
async function relaunch(
  ended: EmbeddedPostgres,
  launch: () => Promise<EmbeddedPostgres>,
): Promise<EmbeddedPostgres> {
  const { host } = ended.connection('users')
  await ended.stop()
  const started = await launch()
  if (started.connection('users').host === host) return started
  await started.stop()
  throw new Error('its socket is at another place now')
}
