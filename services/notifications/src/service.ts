import {
  ChatError,
  type MessagesApi,
  type NotificationsApi,
  routes,
  type UsersApi,
} from '@chatapp/protocol'
import {
  Answer,
  type Binding,
  type Bus,
  bindRoute,
  type Checked,
  connectPostgres,
  type Logger,
  migrate,
  type Postgres,
  type PostgresTarget,
  type Registry,
  type Service,
} from '@chatapp/service-kit'
import type { NotificationsConfig } from './config.ts'
import type { Context } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import type { Database } from './db/schema.ts'
import { findWords } from './deciding/find-words.ts'
import { composeDigest } from './digests/compose.ts'
import { expectReaders } from './digests/expect.ts'
import { createHere } from './digests/here.ts'
import { createDigestMeter } from './digests/meter.ts'
import { runDigests } from './digests/run.ts'
import { createUnsubscribing } from './digests/tokens.ts'
import { askUnsubscribing, unsubscribe } from './digests/unsubscribe.ts'
import { hasDigests } from './mail-config.ts'
import type { MailContext } from './mailing/context.ts'
import { createMailer, type Mailer } from './mailing/mailer.ts'
import { createMailMeter } from './mailing/meter.ts'
import { createMeters, observeQueue } from './meters.ts'
import { forgetOld } from './notices/forget.ts'
import { judgeAgain } from './notices/judge-again.ts'
import { listNotices } from './notices/list.ts'
import { takeChanges } from './notices/take.ts'
import { findWaitingForWords, getOwnPreferences } from './preferences/queries.ts'
import { updatePreferences } from './preferences/update.ts'
import { createPushes, type Pushes } from './pushing/operate.ts'
import { createPostman } from './pushing/post.ts'
import { createPusher } from './pushing/pusher.ts'
import { testDevices } from './pushing/test.ts'
import { createScreens } from './screens/screens.ts'
import { createSubscription } from './subscriptions/create.ts'
import { deleteSubscription } from './subscriptions/delete.ts'
import { createEndings } from './subscriptions/end.ts'
import { listSubscriptions } from './subscriptions/list.ts'
import { createCatchingUp } from './summaries/catching-up.ts'
import { keepVapidKeys } from './vapid-keys.ts'

export interface NotificationsOptions {
  database: PostgresTarget
  metrics: Registry
  log: Logger
  bus: Bus
  /** Where earlier versions kept the VAPID keys. */
  dataDirectory: string
  config: NotificationsConfig
  /** Asked where mail goes, what is to be told by it, and which sessions live. */
  users: MailContext['users'] & Context['users'] & Pick<UsersApi, 'mailboxes'>
  /** Asked what somebody has missed. */
  messages: Pick<MessagesApi, 'backlog'>
  now?: () => number
}

export interface Notifications extends Service<NotificationsApi> {
  pushes: Pushes
}

/** Who is told of what, and their push messages; owns the schema `notifications`. */
export async function createNotifications(options: NotificationsOptions): Promise<Notifications> {
  const { database, metrics } = options
  const postgres = await connectPostgres<Database>({
    target: database,
    name: 'notifications',
    metrics,
  })
  try {
    await migrate(database, 'notifications', migrations)
    const context = await createContext(options, postgres)
    return assemble(context, { mailing: openMailing(options, context), postgres })
  } catch (error) {
    await postgres[Symbol.asyncDispose]()
    throw error
  }
}

async function createContext(
  { dataDirectory, config, metrics, log, bus, users, now = Date.now }: NotificationsOptions,
  { db, sql }: Postgres<Database>,
): Promise<Context> {
  const keys = config.vapidKeys ?? (await keepVapidKeys(db, dataDirectory))
  observeQueue(metrics, { sql, log, now })
  return {
    ...{ db, sql, log, bus, users, now, config },
    vapidPublicKey: keys.publicKey,
    postman: createPostman({
      ...{ keys, now, contact: config.contact },
      allowPrivateAddresses: config.allowPrivateAddresses,
    }),
    screens: createScreens(bus, now),
    catchingUp: createCatchingUp(now),
    meters: createMeters(metrics),
    unsubscribing: createUnsubscribing(keys.privateKey),
  }
}

interface Mailing {
  mailer: Mailer | undefined
  /** Orders digests until the signal. */
  runDigests: ((signal: AbortSignal) => Promise<void>) | undefined
}

function openMailing(options: NotificationsOptions, context: Context): Mailing & Disposable {
  const {
    users,
    messages,
    metrics,
    bus,
    config: { mail },
  } = options
  const here = createHere(bus, context.now)
  const digests = { ...context, users, messages, digestMeter: createDigestMeter(metrics) }
  const mailer =
    mail &&
    createMailer({
      ...{ ...context, users, config: mail, meter: createMailMeter(metrics, context) },
      composeDigest: (userId) => composeDigest(digests, userId),
    })
  return {
    mailer,
    runDigests: hasDigests(options.config)
      ? (signal) => runDigests(digests, here, signal)
      : undefined,
    [Symbol.dispose]() {
      mailer?.[Symbol.dispose]()
      here[Symbol.dispose]()
    },
  }
}

interface Parts {
  mailing: Mailing & Disposable
  postgres: AsyncDisposable
}

function assemble(context: Context, { mailing, postgres }: Parts): Notifications {
  const pusher = createPusher(context)
  const endings = createEndings(context)
  const stopping = new AbortController()
  let loops: Promise<unknown> = Promise.resolve()
  return {
    api: {
      async changed(changes) {
        await takeChanges(context, changes)
        if (hasDigests(context.config)) await expectReaders(context, changes)
        pusher.wake()
      },
      waitingForWords: () => findWaitingForWords(context.sql),
      wordsFound: (asked) => findWords(context.sql, asked),
    },
    pushes: createPushes(context),
    bind: (binding) => bindNotifications(binding, context),
    async start() {
      void context.screens.ask()
      loops = Promise.all([
        endings.run(stopping.signal),
        endings.known.then(() => pusher.run(stopping.signal)),
        mailing.mailer?.run(stopping.signal),
        mailing.runDigests?.(stopping.signal),
        judgeAgain(context, stopping.signal),
        forgetOld(context, stopping.signal),
      ])
    },
    check: async () => void (await context.sql`select 1`),
    helpers: mailing.mailer ? [helperOf(mailing.mailer)] : [],
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await loops
      mailing[Symbol.dispose]()
      context.screens[Symbol.dispose]()
      await context.postman[Symbol.asyncDispose]()
      await postgres[Symbol.asyncDispose]()
    },
  }
}

/** Where the mail server is away, another process would be as badly off. */
const helperOf = (mailer: Mailer): Checked => ({
  name: 'mail server',
  async check() {
    if (mailer.server === 'away') throw new Error('it is away')
  },
})

function bindNotifications(binding: Binding, context: Context): void {
  bindRoute(binding, routes.getServer, async () => ({
    mail: context.config.mail !== undefined,
    digest: hasDigests(context.config),
  }))
  bindRoute(binding, routes.getVapidPublicKey, async () => ({ key: context.vapidPublicKey }))
  bindRoute(binding, routes.listSubscriptions, ({ query, caller }) =>
    listSubscriptions(context, caller.userId, query),
  )
  bindRoute(binding, routes.createSubscription, async ({ body, caller }) => {
    const { id, created } = await createSubscription(context, caller, body)
    return new Answer(created ? 201 : 200, { id })
  })
  bindRoute(binding, routes.deleteSubscription, async ({ params, caller }) => {
    await deleteSubscription(context, caller.userId, params.id)
    return undefined
  })
  bindRoute(binding, routes.getNotificationPreferences, ({ caller }) =>
    getOwnPreferences(context, caller.userId),
  )
  bindRoute(binding, routes.updateNotificationPreferences, ({ body, caller }) =>
    updatePreferences(context, caller.userId, body),
  )
  bindRoute(binding, routes.testPush, async ({ body, caller }) => {
    const [tested] = await testDevices(context, { userId: caller.userId, ...body })
    if (!tested) throw new ChatError('not-found', 'There is no such subscription of yours.')
    return { outcome: tested.outcome, status: tested.status }
  })
  bindRoute(binding, routes.listNotices, ({ query, caller }) =>
    listNotices(context, caller.userId, query),
  )
  bindRoute(binding, routes.askUnsubscribing, ({ params, headers }) =>
    askUnsubscribing(context, { ...params, language: headers['accept-language'] }),
  )
  bindRoute(binding, routes.unsubscribeFromDigest, ({ params, headers }) =>
    unsubscribe(context, { ...params, language: headers['accept-language'] }),
  )
}
