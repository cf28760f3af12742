import { join } from 'node:path'
import type { MessagesApi, UsersApi } from '@chatapp/protocol'
import {
  type Bus,
  connectPostgres,
  createFileBlobs,
  type LimiterFactory,
  type Logger,
  migrate,
  type Postgres,
  type PostgresTarget,
  type Registry,
  type Service,
  type Sql,
} from '@chatapp/service-kit'
import { announceLeftOver } from './account/announce.ts'
import { createResetsRelay } from './account/relay-resets.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { createApi } from './api.ts'
import { createTableBlobs, moveFiles, withFilesOfBefore } from './avatar/store.ts'
import { type Bots, createBots } from './bots.ts'
import type { UsersConfig } from './config.ts'
import type { Context } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import type { Database } from './db/schema.ts'
import { createLimits } from './limits.ts'
import { deleteMailsExpiredBefore } from './mail/queries.ts'
import { createPasswords } from './password/hash.ts'
import { repeat } from './repeat.ts'
import { bindRoutes } from './routes.ts'
import { createEndingsRelay } from './session/relay.ts'
import { sweepSessions } from './session/sweep.ts'
import { publishKeys } from './token/publish-keys.ts'
import { createAccessTokens } from './token/sign.ts'

export interface UsersOptions {
  database: PostgresTarget
  /** Holds the signing key, unless one is given. */
  dataDirectory: string
  config: UsersConfig
  log: Logger
  bus: Bus
  limits: LimiterFactory
  metrics: Registry
  messages: Pick<MessagesApi, 'registered'>
  /** Where people reach us, without a path, when that is not the host that they call. */
  publicUrl?: string | undefined
  now?: () => number
}

export interface Users extends Service<UsersApi> {
  /** For the operator's commands. */
  accounts: Accounts
  bots: Bots
}

/** Connects, brings the tables up to date and loads the signing key. */
export async function createUsers(options: UsersOptions): Promise<Users> {
  const { database: target, metrics } = options
  const postgres = await connectPostgres<Database>({ target, name: 'users', metrics })
  try {
    await migrate(options.database, 'users', migrations)
    const context = await createContext(options, postgres)
    await publishKeys(context)
    return assemble(context, postgres)
  } catch (error) {
    await postgres[Symbol.asyncDispose]()
    throw error
  }
}

async function createContext(options: UsersOptions, { sql }: Postgres<Database>): Promise<Context> {
  const { bus, log, messages, publicUrl, config, dataDirectory, now = Date.now } = options
  return {
    sql,
    bus,
    log,
    now,
    messages,
    publicUrl,
    passwords: await createPasswords(),
    tokens: await createAccessTokens({ given: config.signingKeys, dataDirectory, now }),
    limits: createLimits(options.limits),
    ...openAvatars(sql, dataDirectory),
  }
}

function openAvatars(sql: Sql, dataDirectory: string): Pick<Context, 'avatars' | 'moveAvatars'> {
  const files = createFileBlobs(join(dataDirectory, 'avatars'))
  const table = createTableBlobs(sql)
  return { avatars: withFilesOfBefore(table, files), moveAvatars: () => moveFiles(files, table) }
}

function assemble(ctx: Context, postgres: Postgres<Database>): Users {
  const ending = new AbortController()
  let loops: Promise<void>[] = []
  return {
    api: createApi(ctx),
    accounts: createAccounts(ctx),
    bots: createBots(ctx),
    bind: (binding) => bindRoutes(ctx, binding),
    async start() {
      loops = startLoops(ctx, ending.signal)
    },
    async check() {
      await ctx.sql`select 1`
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all(loops)
      await postgres[Symbol.asyncDispose]()
    },
  }
}

const ANNOUNCE_EVERY_MS = 5_000
const SWEEP_EVERY_MS = 60 * 60 * 1000
/** Well within the time for which an unused key is believed. */
const PUBLISH_KEYS_EVERY_MS = 5 * 60 * 1000
const MOVE_AVATARS_EVERY_MS = 60 * 60 * 1000
/** An ended session's token is refused within a second. */
const RELAY_EVERY_MS = 500

function startLoops(ctx: Context, signal: AbortSignal): Promise<void>[] {
  const loop = (name: string, everyMs: number, run: () => Promise<void>) =>
    repeat({ name, everyMs, run, signal, log: ctx.log })
  return [
    loop('announcing new users', ANNOUNCE_EVERY_MS, () => announceLeftOver(ctx)),
    loop('sweeping sessions', SWEEP_EVERY_MS, () => sweepSessions(ctx)),
    loop('forgetting mails', SWEEP_EVERY_MS, () =>
      deleteMailsExpiredBefore(ctx.sql, new Date(ctx.now())),
    ),
    loop('publishing signing keys', PUBLISH_KEYS_EVERY_MS, () => publishKeys(ctx)),
    loop('moving avatars into the database', MOVE_AVATARS_EVERY_MS, async () => {
      const moved = await ctx.moveAvatars()
      if (moved > 0) ctx.log.info({ moved }, 'avatars are in the database now')
    }),
    loop('relaying ended sessions', RELAY_EVERY_MS, createEndingsRelay(ctx)),
    loop('relaying reset passwords', RELAY_EVERY_MS, createResetsRelay(ctx)),
  ]
}
