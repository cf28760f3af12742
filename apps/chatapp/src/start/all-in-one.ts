import { lockDataDirectory } from '@chatapp/embedded'
import type { Gateway } from '@chatapp/gateway'
import { createMetrics, createTokenVerifier, type Logger } from '@chatapp/service-kit'
import type { Config } from '../config.ts'
import { openWires } from './bus.ts'
import { Closers } from './closers.ts'
import { openDatabases } from './database.ts'
import { openGateway } from './gateway.ts'
import { openLimits } from './limits.ts'
import { explainListenError, refuseBusyPort } from './port.ts'
import { openServices } from './services.ts'

export interface AllInOne extends AsyncDisposable {
  url: string
}

export interface StartOptions {
  log: Logger
  signal?: AbortSignal
  /** The database that we started ended and could not be brought back. */
  onLost?: (error: Error) => void
}

/** The whole product in this process; disposing it drains and closes everything in order. */
export async function startAllInOne(config: Config, options: StartOptions): Promise<AllInOne> {
  const closers = new Closers(options.log)
  try {
    const gateway = await compose(config, options, closers)
    const { url } = await listen(gateway, config)
    return { url, [Symbol.asyncDispose]: () => closers[Symbol.asyncDispose]() }
  } catch (error) {
    await closers[Symbol.asyncDispose]()
    throw error
  }
}

async function compose(config: Config, options: StartOptions, closers: Closers): Promise<Gateway> {
  const { log, signal } = options
  closers.add('the lock of the data directory', await lockDataDirectory(config.dataDirectory))
  if (config.gateway.port !== 0) await refuseBusyPort(config.gateway)
  const databases = closers.add('the database', await openDatabases(config, options))
  const metrics = createMetrics()
  const wiring = { name: 'all-in-one', log, metrics, signal }
  const { bus, redis } = await openWires(config, wiring, closers)
  const limits = openLimits(config, redis, log)
  const { users, messages, notifications } = await openServices(
    { config, databases, log, bus, limits, metrics, signal },
    closers,
  )
  const tokens = closers.add(
    'the token verifier',
    createTokenVerifier({ users: users.api, bus, log }),
  )
  await tokens.start()
  const surroundings = {
    ...{ log, bus, redis, limits, tokens, metrics },
    messages: messages.api,
    services: [
      { name: 'users', ...users },
      { name: 'messages', ...messages },
      { name: 'notifications', ...notifications },
    ],
    helpers: [
      ...(redis ? [{ name: 'redis', check: () => redis.check() }] : []),
      ...(messages.helpers ?? []),
      ...(notifications.helpers ?? []),
    ],
  }
  return openGateway(config, surroundings, closers)
}

async function listen(gateway: Gateway, config: Config): Promise<{ url: string }> {
  try {
    return await gateway.listen()
  } catch (error) {
    throw explainListenError(error, config.gateway)
  }
}
