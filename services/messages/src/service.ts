import type { AdvanceCommand, MessagesApi, NotificationsApi, UsersApi } from '@chatapp/protocol'
import { LARGE_GROUP_MEMBERS } from '@chatapp/protocol'
import {
  type Bus,
  type Checked,
  connectPostgres,
  createBatcher,
  createOutside,
  type Logger,
  migrate,
  type Postgres,
  type PostgresTarget,
  type Registry,
  type Service,
} from '@chatapp/service-kit'
import { findBacklog } from './activity/backlog.ts'
import type { MessagesConfig } from './config.ts'
import type { Context } from './context.ts'
import { joinLobby, openLobby } from './conversations/lobby.ts'
import { getMembership } from './conversations/queries.ts'
import { migrations } from './db/migrations/index.ts'
import { openReplica, type Replica } from './db/replica.ts'
import type { Database, ParticipantRow } from './db/schema.ts'
import { openWriter, type Writer } from './db/writer.ts'
import { headsOf, missedSince } from './log/missed.ts'
import { createOutbox, ENGINE, LIVE, NOTIFICATIONS, SEARCH, WEBHOOKS } from './log/outbox.ts'
import { publishTyping } from './log/publish.ts'
import { runRelay } from './log/relay.ts'
import { createSender } from './messages/send.ts'
import { countRefusals, observeOutbox, observeSender } from './metrics.ts'
import { runNotifying } from './notifying/run.ts'
import { createStandings } from './participants/standings.ts'
import { createPeople, type People } from './people.ts'
import { type AdvanceNow, advanceCursors } from './receipts/advance.ts'
import { receiptsWithin } from './receipts/within.ts'
import { bindMessages } from './routes.ts'
import { type Engine, openEngine } from './search/engine/engine.ts'
import { forgetEngine } from './search/engine/indexes.ts'
import { runEngine } from './search/engine/run.ts'
import { runIndexer } from './search/indexer.ts'
import {
  createPostgresIndex,
  INDEXING_SETTINGS,
  SEARCH_SETTINGS,
} from './search/postgres/postgres-index.ts'
import { buildIndex } from './search/rebuild.ts'
import { roomFor, sync } from './sync/sync.ts'
import { createWebhookMeters, observeWebhooks } from './webhooks/meters.ts'
import { runWebhooks } from './webhooks/run.ts'
import { createWebhooks, type Webhooks } from './webhooks.ts'

export interface MessagesOptions {
  database: PostgresTarget
  log: Logger
  bus: Bus
  metrics: Registry
  users: Pick<UsersApi, 'profiles' | 'idsByUsername'>
  notifications: NotificationsApi
  config: MessagesConfig
  /** Where people reach us, without a path, when that is not the host that they call. */
  publicUrl?: string | undefined
  now?: () => number
}

export interface Messages extends Service<MessagesApi> {
  /** For the operator's commands. */
  webhooks: Webhooks
}

/** They read much: history and sync must not wait for them. */
const SEARCHES_AT_ONCE = 2
/** Batches come from gateways, each after the answer to the one before. */
const BETWEEN_BATCHES_MS = 50
const ADVANCES_A_BATCH = 500
const ADVANCES_WAITING_MAX = 50_000

/** Conversations, participants, messages, receipts and sync; owns the schema `messages`. */
export async function createMessages(options: MessagesOptions): Promise<Messages> {
  const pools = await openPools(options)
  const { users, bus, log, now = Date.now } = options
  try {
    await migrate(options.database, 'messages', migrations)
    const people = createPeople({ users, bus, log, now })
    return assemble(await createContext(options, pools, people), {
      metrics: options.metrics,
      close: async () => {
        await people[Symbol.asyncDispose]()
        await pools.close()
      },
    })
  } catch (error) {
    await pools.close()
    throw error
  }
}

interface Pools {
  main: Postgres<Database>
  searches: Postgres<Database>
  indexing: Postgres<Database>
  notifying: Postgres<Database>
  sends: Writer
  cursors: Writer
  replica: Replica | undefined
  engine: Engine | undefined
  close(): Promise<void>
}

async function openPools(options: MessagesOptions): Promise<Pools> {
  const { database: target, metrics, log, config, now = Date.now } = options
  const main = await connectPostgres<Database>({ target, name: 'messages', metrics })
  const searches = await connectPostgres<Database>({
    target,
    name: 'messages searches',
    maxConnections: SEARCHES_AT_ONCE,
    settings: SEARCH_SETTINGS,
    metrics,
  })
  const indexing = await connectPostgres<Database>({
    target,
    name: 'messages indexing',
    maxConnections: 1,
    settings: INDEXING_SETTINGS,
    metrics,
  })
  const notifying = await connectPostgres<Database>({
    target,
    name: 'messages notifying',
    maxConnections: 1,
    metrics,
  })
  const sends = await openWriter(target, 'messages sends', metrics)
  const cursors = await openWriter(target, 'messages cursors', metrics)
  const replica = openReplica({ target, metrics, log, now })
  const engine =
    config.searchEngine &&
    openEngine({ config: config.searchEngine, database: target, log, metrics })
  const close = async () =>
    void (await Promise.all(
      [main, searches, indexing, notifying, sends, cursors, replica, engine].map(async (pool) =>
        pool?.[Symbol.asyncDispose](),
      ),
    ))
  return { main, searches, indexing, notifying, sends, cursors, replica, engine, close }
}

async function createContext(
  options: MessagesOptions,
  { main, searches, indexing, notifying, sends, cursors, replica, engine }: Pools,
  people: People,
): Promise<Context> {
  const { bus, users, notifications, log, metrics, config, now = Date.now } = options
  return {
    sql: main.sql,
    db: main.db,
    replica,
    searches: searches.sql,
    indexing: indexing.sql,
    notifying: notifying.sql,
    search: {
      index: createPostgresIndex(searches.sql),
      isComplete: false,
      refusals: countRefusals(options.metrics),
      engine,
    },
    sends,
    cursors,
    bus,
    users,
    notifications,
    people,
    outbox: createOutbox([LIVE, SEARCH, NOTIFICATIONS, WEBHOOKS, ...(engine ? [ENGINE] : [])]),
    log,
    now,
    lobbyId: config.lobby ? await openLobby(main.db, now()) : null,
    config,
    publicUrl: options.publicUrl,
    outside: createOutside({ allowPrivateAddresses: config.allowPrivateAddresses, now }),
    webhookMeters: createWebhookMeters(metrics),
  }
}

interface Surroundings {
  metrics: Registry
  close(): Promise<void>
}

function assemble(context: Context, { metrics, close }: Surroundings): Messages {
  const sender = createSender(context)
  const cursors = createBatcher<AdvanceCommand, ParticipantRow>({
    maxBatch: ADVANCES_A_BATCH,
    maxWaiting: ADVANCES_WAITING_MAX,
    run: (commands) => advanceCursors(context, commands),
  })
  observeSender(metrics, sender)
  observeOutbox(metrics, context)
  observeWebhooks(metrics, context)
  const api = createApi(context, {
    send: (command) => sender.add(command),
    advance: (command) => cursors.add(command),
  })
  const stopping = new AbortController()
  let loops: Promise<unknown> = Promise.resolve()
  return {
    api,
    webhooks: createWebhooks(context),
    bind: (binding) =>
      bindMessages(binding, context, { api, advance: (command) => cursors.add(command) }),
    async start() {
      const { signal } = stopping
      const isSending = () => sender.wasBusyWithin(BETWEEN_BATCHES_MS)
      // Only who serves knows that there is none: commands may run without its variables.
      if (!context.search.engine) await forgetEngine(context.sql)
      loops = Promise.all([
        runRelay(context, signal),
        runIndexer(context, { isSending, signal }),
        runNotifying(context, { isSending, signal }),
        runWebhooks(context, signal),
        buildIndex(context, { isSending, signal }),
        context.search.engine && runEngine(context.search.engine, { isSending, signal }),
      ])
    },
    check: async () => void (await context.sql`select 1`),
    helpers: helpersOf(context),
    async [Symbol.asyncDispose]() {
      await Promise.all([sender.idle(), cursors.idle()])
      stopping.abort()
      await loops
      await context.outside[Symbol.asyncDispose]()
      await close()
    },
  }
}

/** Where the engine is away, another process would be as badly off. */
function helpersOf({ search: { engine } }: Context): Checked[] {
  if (!engine) return []
  return [
    {
      name: 'search engine',
      async check() {
        if (engine.state !== 'serving') throw new Error(`it is ${engine.state}`)
      },
    },
  ]
}

interface Batched {
  send: MessagesApi['send']
  advance: AdvanceNow
}

function createApi(context: Context, { send, advance }: Batched): MessagesApi {
  const standings = createStandings(context)
  return {
    send,
    advance: async (command) => void (await advance(command)),
    typing: (userId, conversationId) => type(context, userId, conversationId),
    // The socket's frame does not say what its client knows.
    sync: (userId, cursors) => sync(context, { userId, cursors, room: roomFor(0) }),
    standings: (userId) => standings.add(userId),
    heads: (conversationIds) => headsOf(context, conversationIds),
    missed: (conversationId, since) => missedSince(context, conversationId, since),
    receiptsWithin: (conversationIds, ms) => receiptsWithin(context, conversationIds, ms),
    backlog: (userId, after) => findBacklog(context, { userId, after }),
    registered: (userIds) => joinLobby(context, userIds),
  }
}

async function type(context: Context, userId: string, conversationId: string): Promise<void> {
  const { conversation } = await getMembership(context.db, conversationId, userId)
  if (conversation.member_count <= LARGE_GROUP_MEMBERS)
    publishTyping(context, conversationId, userId)
}
