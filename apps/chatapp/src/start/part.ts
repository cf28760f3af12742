import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CallsOf,
  messagesCalls,
  notificationsCalls,
  type UsersApi,
  usersCalls,
} from '@chatapp/protocol'
import {
  type Checked,
  createMessagesClient,
  createMetrics,
  createNotificationsClient,
  createTokenVerifier,
  createUsersClient,
  type Logger,
  type Redis,
  readiness,
  type Service,
  type SessionVerifier,
  type TokenVerifier,
} from '@chatapp/service-kit'
import type { Config, StoringService } from '../config.ts'
import type { Part } from '../split-config.ts'
import type { StartOptions } from './all-in-one.ts'
import { openWires } from './bus.ts'
import { Closers } from './closers.ts'
import { forwarded, openElsewhere, tokenOf } from './elsewhere.ts'
import { openGateway } from './gateway.ts'
import { openLimits } from './limits.ts'
import { explainListenError, refuseBusyPort } from './port.ts'
import { createServiceServer } from './service-server.ts'
import {
  createMessagesHere,
  createNotificationsHere,
  createUsersHere,
  type Foundation,
} from './services.ts'

/** Something that listens, and what it needs before it may be given traffic. */
interface Listening {
  listen(): Promise<{ url: string }>
  tokens: TokenVerifier
  needs: Checked[]
}

type On = Foundation & { redis: Redis | undefined; log: Logger }

/** One service in this process; resolves once it may take traffic. Disposing it drains it. */
export async function startPart(part: Part, config: Config, options: StartOptions) {
  const closers = new Closers(options.log)
  try {
    if (config.gateway.port !== 0) await refuseBusyPort(config.gateway)
    const on = await openFoundation(part, { config, options }, closers)
    const listening = await COMPOSE[part](on, closers)
    const { url } = await listening.listen().catch((error: unknown) => {
      throw explainListenError(error, config.gateway)
    })
    await untilReady(listening, options)
    return { url, [Symbol.asyncDispose]: () => closers[Symbol.asyncDispose]() }
  } catch (error) {
    await closers[Symbol.asyncDispose]()
    throw error
  }
}

async function openFoundation(
  part: Part,
  { config, options: { log, signal } }: { config: Config; options: StartOptions },
  closers: Closers,
): Promise<On> {
  const metrics = createMetrics()
  const { bus, redis } = await openWires(config, { name: part, log, metrics, signal }, closers)
  const databases = {
    targetOf: (service: StoringService) => config.databases[service] ?? notGiven(service),
  }
  const limits = openLimits(config, redis, log)
  return { config, databases, log, bus, redis, limits, metrics, signal }
}

const COMPOSE: Record<Part, (on: On, closers: Closers) => Promise<Listening>> = {
  gateway: composeGateway,
  users: composeUsers,
  messages: composeMessages,
  notifications: composeNotifications,
}

async function composeGateway(on: On, closers: Closers): Promise<Listening> {
  const { config, log, bus, redis, limits, metrics } = on
  const open = (service: StoringService) => openElsewhere(service, { ...config, log }, closers)
  const [users, messages, notifications] = [open('users'), open('messages'), open('notifications')]
  const tokens = openTokens(on, createUsersClient(users), closers)
  const services = [
    forwarded('users', users),
    forwarded('messages', messages),
    { ...forwarded('notifications', notifications), need: 'helpful' as const },
  ]
  const surroundings = {
    ...{ log, bus, redis, limits, metrics, tokens, services },
    messages: createMessagesClient(messages),
    helpers: helpersOf(on),
  }
  const gateway = await openGateway(config, surroundings, closers)
  return { listen: () => gateway.listen(), tokens, needs: services.filter((s) => !('need' in s)) }
}

async function composeUsers(on: On, closers: Closers): Promise<Listening> {
  const messages = openElsewhere('messages', { ...on.config, log: on.log }, closers)
  const users = await createUsersHere(on, createMessagesClient(messages))
  const tokens = openTokens(on, users.api, closers)
  // Not `needs`: messages needs us, and who registers meanwhile gets into the lobby later.
  return serve(on, { name: 'users', service: users, calls: usersCalls, tokens, needs: [] }, closers)
}

async function composeMessages(on: On, closers: Closers): Promise<Listening> {
  const { api, tokens, needs } = openUsers(on, closers)
  const notifications = openElsewhere('notifications', { ...on.config, log: on.log }, closers)
  const service = await createMessagesHere(on, api, createNotificationsClient(notifications))
  return serve(on, { name: 'messages', service, calls: messagesCalls, tokens, needs }, closers)
}

async function composeNotifications(on: On, closers: Closers): Promise<Listening> {
  const { api, tokens, needs } = openUsers(on, closers)
  const messages = openElsewhere('messages', { ...on.config, log: on.log }, closers)
  const service = await createNotificationsHere(on, {
    users: api,
    messages: createMessagesClient(messages),
  })
  return serve(
    on,
    { name: 'notifications', service, calls: notificationsCalls, tokens, needs },
    closers,
  )
}

function openUsers(on: On, closers: Closers) {
  const users = openElsewhere('users', { ...on.config, log: on.log }, closers)
  const api = createUsersClient(users)
  const needs = [{ name: 'users', check: () => users.targets.check() }]
  return { api, tokens: openTokens(on, api, closers), needs }
}

function openTokens({ bus, log }: On, users: UsersApi, closers: Closers): SessionVerifier {
  return closers.add('the token verifier', createTokenVerifier({ users, bus, log }))
}

interface Behind<Api> {
  name: StoringService
  service: Service<Api>
  calls: CallsOf<Api>
  tokens: TokenVerifier
  needs: Checked[]
}

async function serve<Api>(on: On, behind: Behind<Api>, closers: Closers): Promise<Listening> {
  const { config, log, metrics } = on
  closers.add(`the service ${behind.name}`, behind.service)
  const server = createServiceServer({
    ...behind,
    ...{ log, metrics, address: config.gateway },
    helpers: [...helpersOf(on), ...(behind.service.helpers ?? [])],
    metricsToken: config.gateway.metricsToken,
    serviceToken: tokenOf(config.split),
  })
  closers.add('the server', server)
  await behind.service.start()
  return { listen: () => server.listen(), tokens: behind.tokens, needs: server.needs }
}

const helpersOf = ({ redis }: On): Checked[] =>
  redis ? [{ name: 'redis', check: () => redis.check() }] : []

const LOOK_EVERY_MS = 200

/** The others may start later than we do: there is no order in which they have to. */
async function untilReady({ tokens, needs }: Listening, { log, signal }: StartOptions) {
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted()
    try {
      await tokens.start()
      await readiness({ services: needs, log, isDraining: () => false })
      return
    } catch (error) {
      if (tries === 1) log.warn({ err: error }, 'waiting for the services that this one needs')
      await sleep(LOOK_EVERY_MS, undefined, signal ? { signal } : {})
    }
  }
}

function notGiven(service: StoringService): never {
  throw new Error(`there is no database for ${service}`)
}
