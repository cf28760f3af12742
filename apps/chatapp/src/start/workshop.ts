import { lockDataDirectory } from '@chatapp/embedded'
import {
  createInProcessBus,
  createLogger,
  createMetrics,
  type Logger,
  noLimits,
} from '@chatapp/service-kit'
import { type Config, storingServices } from '../config.ts'
import { Closers } from './closers.ts'
import { type Databases, openDatabases } from './database.ts'
import { findRunningDatabase } from './running-database.ts'
import { createServices, type Services } from './services.ts'

/** For a command that works on the data itself: starts PostgreSQL, or uses a running ChatApp's. */
export function withDatabases<T>(
  config: Config,
  work: (databases: Databases) => Promise<T>,
): Promise<T> {
  return withClosers(async (closers, log) => work(await open(config, log, closers)))
}

/** The services with up-to-date tables for the time of the work; they serve nobody. */
export function withServices<T>(
  config: Config,
  databases: Databases,
  work: (services: Services) => Promise<T>,
): Promise<T> {
  return withClosers(async (closers, log) => {
    const bus = closers.add('the bus', createInProcessBus())
    const metrics = createMetrics()
    const foundation = { config, databases, log, bus, limits: noLimits, metrics }
    return work(await createServices(foundation, closers))
  })
}

async function withClosers<T>(work: (closers: Closers, log: Logger) => Promise<T>): Promise<T> {
  // Standard output belongs to the command's answer.
  const log = createLogger('error', { write: (line) => void process.stderr.write(line) })
  const closers = new Closers(log)
  try {
    return await work(closers, log)
  } finally {
    await closers[Symbol.asyncDispose]()
  }
}

async function open(config: Config, log: Logger, closers: Closers): Promise<Databases> {
  const needsEmbedded = storingServices.some((service) => !config.databases[service])
  if (!needsEmbedded) return openDatabases(config, { log })
  try {
    closers.add('the lock of the data directory', await lockDataDirectory(config.dataDirectory))
  } catch (error) {
    const targetOf = await findRunningDatabase(config.dataDirectory)
    if (!targetOf) throw error
    return { targetOf: (service) => config.databases[service] ?? targetOf(service) }
  }
  return closers.add('the database', await openDatabases(config, { log }))
}
