import { createMessages } from '@chatapp/messages'
import { createNotifications } from '@chatapp/notifications'
import {
  ChatError,
  type MessagesApi,
  type NotificationsApi,
  type UsersApi,
} from '@chatapp/protocol'
import type { Bus, LimiterFactory, Logger, Registry } from '@chatapp/service-kit'
import { createUsers } from '@chatapp/users'
import type { Config } from '../config.ts'
import type { Closers } from './closers.ts'
import type { Databases } from './database.ts'

export interface Foundation {
  config: Config
  databases: Databases
  log: Logger
  bus: Bus
  limits: LimiterFactory
  metrics: Registry
  signal?: AbortSignal | undefined
}

const SLOW_MS = 2_000

type Users = Awaited<ReturnType<typeof createUsers>>
type Messages = Awaited<ReturnType<typeof createMessages>>
type Notifications = Awaited<ReturnType<typeof createNotifications>>

export interface Services {
  users: Users
  messages: Messages
  notifications: Notifications
}

/** The services with up-to-date tables and running background work. */
export async function openServices(on: Foundation, closers: Closers): Promise<Services> {
  const services = await createServices(on, closers)
  await services.users.start()
  await services.messages.start()
  await services.notifications.start()
  return services
}

/** The services with up-to-date tables, and nothing of theirs running yet. */
export async function createServices(on: Foundation, closers: Closers): Promise<Services> {
  // They need each other: users once somebody registers, notifications before a digest is written.
  const later: { messages?: Messages } = {}
  const open: AsyncDisposable[] = []
  closers.defer('the services', () => closeTogether(open))
  const users = await createUsersHere(on, {
    registered: async (userIds) => (later.messages ?? notYet()).api.registered(userIds),
  })
  open.push(users)
  const notifications = await createNotificationsHere(on, {
    users: users.api,
    messages: {
      backlog: async (userId, after) => (later.messages ?? notYet()).api.backlog(userId, after),
    },
  })
  open.push(notifications)
  const messages = await createMessagesHere(on, users.api, notifications.api)
  open.push(messages)
  later.messages = messages
  return { users, messages, notifications }
}

export function createUsersHere(
  on: Foundation,
  messages: Pick<MessagesApi, 'registered'>,
): Promise<Users> {
  const { config, databases, log, bus, limits, metrics } = on
  return opened(
    on,
    'users',
    createUsers({
      database: databases.targetOf('users'),
      dataDirectory: config.dataDirectory,
      config: config.users,
      log: log.child({ service: 'users' }),
      bus,
      limits,
      metrics,
      publicUrl: config.gateway.publicUrl,
      messages,
    }),
  )
}

export function createMessagesHere(
  on: Foundation,
  users: UsersApi,
  notifications: NotificationsApi,
): Promise<Messages> {
  const { config, databases, log, bus, metrics } = on
  return opened(
    on,
    'messages',
    createMessages({
      database: databases.targetOf('messages'),
      log: log.child({ service: 'messages' }),
      bus,
      metrics,
      users,
      notifications,
      config: config.messages,
      publicUrl: config.gateway.publicUrl,
    }),
  )
}

interface Neighbours {
  users: UsersApi
  messages: Pick<MessagesApi, 'backlog'>
}

export function createNotificationsHere(
  on: Foundation,
  { users, messages }: Neighbours,
): Promise<Notifications> {
  const { config, databases, log, bus, metrics } = on
  return opened(
    on,
    'notifications',
    createNotifications({
      database: databases.targetOf('notifications'),
      dataDirectory: config.dataDirectory,
      log: log.child({ service: 'notifications' }),
      bus,
      metrics,
      users,
      messages,
      config: config.notifications,
    }),
  )
}

/** A pool whose database is gone takes some seconds to give up; one after the other is too long. */
async function closeTogether(services: AsyncDisposable[]): Promise<void> {
  await Promise.all(services.map((service) => service[Symbol.asyncDispose]()))
}

function notYet(): never {
  throw new ChatError('overloaded', 'ChatApp is still starting.', { retryAfter: 1 })
}

/** A database may be waited for up to 30 s; this says so, and ends the wait when we have to end. */
async function opened<T>({ log, signal }: Foundation, name: string, work: Promise<T>): Promise<T> {
  const slow = setTimeout(() => log.warn(`waiting for the database of ${name}`), SLOW_MS)
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  try {
    signal?.throwIfAborted()
    return await Promise.race([work, aborted])
  } finally {
    clearTimeout(slow)
    signal?.removeEventListener('abort', onAbort)
  }
}
