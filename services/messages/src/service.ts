import type { AdvanceCommand, MessagesApi, UsersApi } from '@chatapp/protocol'
import { LARGE_GROUP_MEMBERS } from '@chatapp/protocol'
import {
  type Bus,
  connectPostgres,
  createBatcher,
  type Logger,
  migrate,
  type Postgres,
  type PostgresTarget,
  type Registry,
  type Service,
  toStorageError,
} from '@chatapp/service-kit'
import type { MessagesConfig } from './config.ts'
import type { Context } from './context.ts'
import { joinLobby, openLobby } from './conversations/lobby.ts'
import { getMembership } from './conversations/queries.ts'
import { migrations } from './db/migrations/index.ts'
import type { Database, ParticipantRow } from './db/schema.ts'
import { createOutbox } from './log/outbox.ts'
import { publishTyping } from './log/publish.ts'
import { runRelay } from './log/relay.ts'
import { createSender } from './messages/send.ts'
import { observeSender } from './metrics.ts'
import { createPeople } from './people.ts'
import { advanceCursors } from './receipts/advance.ts'
import { bindMessages } from './routes.ts'
import { sync } from './sync/sync.ts'

export interface MessagesOptions {
  database: PostgresTarget
  maxConnections?: number
  log: Logger
  bus: Bus
  metrics: Registry
  users: UsersApi
  config: MessagesConfig
  now?: () => number
}

const ADVANCES_A_BATCH = 500
const ADVANCES_WAITING_MAX = 50_000

/** Conversations, participants, messages, receipts and sync; owns the schema `messages`. */
export async function createMessages(options: MessagesOptions): Promise<Service<MessagesApi>> {
  const { maxConnections = 10, now = Date.now } = options
  const postgres = await connectPostgres<Database>({
    target: options.database,
    name: 'messages',
    maxConnections,
  })
  try {
    return await build(options, postgres, now)
  } catch (error) {
    await postgres[Symbol.asyncDispose]()
    throw error
  }
}

async function build(
  options: MessagesOptions,
  postgres: Postgres<Database>,
  now: () => number,
): Promise<Service<MessagesApi>> {
  const { log, bus, users } = options
  await migrate(postgres.db, 'messages', migrations)
  const people = createPeople(users, bus)
  const lobbyId = options.config.lobby ? await openLobby(postgres.db, now()) : null
  const context: Context = {
    sql: postgres.sql,
    db: postgres.db,
    bus,
    users,
    people,
    outbox: createOutbox(),
    log,
    now,
    lobbyId,
  }
  const sender = createSender(context)
  const cursors = createBatcher<AdvanceCommand, ParticipantRow>({
    maxBatch: ADVANCES_A_BATCH,
    maxWaiting: ADVANCES_WAITING_MAX,
    run: (commands) => advanceCursors(context, commands),
  })
  const advance = (command: AdvanceCommand) =>
    cursors.add(command).catch((error) => Promise.reject(toStorageError(error)))
  observeSender(options.metrics, sender)
  const api: MessagesApi = {
    send: (command) => sender.add(command),
    advance: async (command) => void (await advance(command)),
    typing: (userId, conversationId) => type(context, userId, conversationId),
    sync: (userId, known) => sync(context, userId, known),
    standings: (userId) => listStandings(context, userId),
    registered: (userIds) => joinLobby(context, userIds),
  }
  const stopping = new AbortController()
  let relay = Promise.resolve()
  return {
    api,
    bind: (binding) => bindMessages(binding, context, { api, advance }),
    async start() {
      relay = runRelay(context, stopping.signal)
    },
    check: async () => void (await postgres.sql`select 1`),
    async [Symbol.asyncDispose]() {
      await Promise.all([sender.idle(), cursors.idle()])
      stopping.abort()
      await relay
      await people[Symbol.asyncDispose]()
      await postgres[Symbol.asyncDispose]()
    },
  }
}

async function type(context: Context, userId: string, conversationId: string): Promise<void> {
  const { conversation } = await getMembership(context.db, conversationId, userId)
  if (conversation.member_count <= LARGE_GROUP_MEMBERS)
    publishTyping(context, conversationId, userId)
}

async function listStandings({ sql }: Context, userId: string) {
  return sql<{ conversationId: string; userId: string; joinedPosition: number }[]>`
    select conversation_id as "conversationId", user_id as "userId", joined_position as "joinedPosition"
    from messages.participants where user_id = ${userId} and left_position is null`
}
