import {
  createTestDatabase,
  makeFolder,
  type PushServer,
  removeFolder,
  type TestDatabase,
  type TestDevice,
} from '@chatapp/dev-env'
import type { Addressee, MessageNotice, NotificationChange } from '@chatapp/protocol'
import {
  type Bus,
  connectPostgres,
  createHttpServer,
  createId,
  createInProcessBus,
  createLogger,
  createMetrics,
  type Sql,
  type TokenVerifier,
} from '@chatapp/service-kit'
import {
  createNotifications,
  type NotificationsConfig,
  type NotificationsOptions,
} from '../src/index.ts'

interface Visit {
  method: 'GET' | 'POST'
  url: string
  payload?: string
  headers?: Record<string, string>
}

export interface Engine extends AsyncDisposable {
  database: TestDatabase
  changed(changes: NotificationChange[]): Promise<void>
  subscribe(userId: string, push: PushServer): Promise<TestDevice>
  /** As whoever signs in on it. */
  take(userId: string, device: TestDevice): Promise<void>
  prefer(userId: string, preferences: object): Promise<void>
  metrics(): Promise<string>
  /** Without a session. */
  visit(request: Visit): Promise<{ status: number; type: string; text: string }>
  bus: Bus
  sql: Sql
}

type Users = NotificationsOptions['users']

/** Without a mail server nobody asks for mail. */
const never = () => Promise.reject(new Error('users was asked'))
export const unasked: Users = {
  waitingMails: never,
  mailsTaken: never,
  openMail: never,
  mailboxes: never,
  liveSessions: async (sessionIds) => sessionIds,
  profiles: async () => [],
}

export const unread: NotificationsOptions['messages'] = {
  backlog: () => Promise.reject(new Error('messages was asked')),
}

interface EngineOptions {
  users?: Users
  messages?: NotificationsOptions['messages']
  now?: () => number
  config?: Partial<NotificationsConfig>
  /** Works on the queue of this one, as a second process does. */
  beside?: Engine
}

/** The notifications service at work, told of news by the test in place of messages. */
export async function startEngine({
  now,
  config,
  beside,
  users = unasked,
  messages = unread,
}: EngineOptions = {}): Promise<Engine> {
  const database = beside?.database ?? (await createTestDatabase())
  const folder = await makeFolder()
  const log = createLogger('silent')
  const metrics = createMetrics()
  const bus = beside?.bus ?? createInProcessBus()
  const notifications = await createNotifications({
    database: database.targetOf('notifications'),
    dataDirectory: folder,
    ...{ metrics, log, users, messages, bus, ...(now && { now }) },
    config: {
      ...{ allowPrivateAddresses: true, payloadMax: 'full', contact: 'https://chat.example' },
      ...config,
    },
  })
  const postgres = await connectPostgres({ target: database.admin, name: 'tests' })
  const app = createHttpServer({ log, tokens })
  notifications.bind({ app, tokens })
  await notifications.start()
  const ask = async (
    userId: string,
    request: { method: 'POST' | 'PUT'; url: string; payload: object },
  ) => {
    const headers = { authorization: `Bearer ${userId}` }
    const { statusCode } = await app.inject({ ...request, headers })
    if (statusCode > 299) throw new Error(`${request.url} was answered with ${statusCode}`)
  }
  const take = (userId: string, { subscription: payload }: TestDevice) =>
    ask(userId, { method: 'POST', url: '/api/notifications/subscriptions', payload })
  return {
    database,
    changed: (changes) => notifications.api.changed(changes),
    async subscribe(userId, push) {
      const device = push.device()
      await take(userId, device)
      return device
    },
    take,
    prefer: (userId, payload) =>
      ask(userId, { method: 'PUT', url: '/api/notifications/preferences', payload }),
    metrics: () => metrics.metrics(),
    async visit(request) {
      const { statusCode, headers, body } = await app.inject(request)
      return { status: statusCode, type: String(headers['content-type']), text: body }
    },
    bus,
    sql: postgres.sql,
    async [Symbol.asyncDispose]() {
      await app.close()
      await notifications[Symbol.asyncDispose]()
      await postgres[Symbol.asyncDispose]()
      if (!beside) await database[Symbol.asyncDispose]()
      await removeFolder(folder)
    },
  }
}

const tokens: TokenVerifier = {
  verify: async (userId) => ({ userId, sessionId: userId, expiresAt: Number.MAX_SAFE_INTEGER }),
  start: async () => {},
  [Symbol.asyncDispose]: async () => {},
}

interface Said extends Partial<MessageNotice> {
  to: string
  sentAt: string
  addressee?: Partial<Addressee>
}

/** A direct message, first of its conversation unless it says otherwise. */
export function notice({ to, addressee, ...said }: Said): MessageNotice {
  const direct = { calling: 'direct', level: 'all', mutedUntil: null, readPosition: 0 } as const
  return {
    type: 'message',
    conversationId: createId(),
    position: 1,
    senderId: createId(),
    senderName: 'alice',
    title: null,
    text: 'The soup is ready',
    addressees: [{ userId: to, ...direct, ...addressee }],
    ...said,
  }
}
