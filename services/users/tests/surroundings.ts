import { createTestDatabase, makeFolder, removeFolder, type TestDatabase } from '@chatapp/dev-env'
import { routes } from '@chatapp/protocol'
import {
  connectPostgres,
  createHttpServer,
  createInProcessBus,
  createLogger,
  createMetrics,
  createTokenVerifier,
  type LimiterFactory,
  noLimits,
  type Postgres,
  refuseOtherMethods,
} from '@chatapp/service-kit'
import { createUsers, type UsersOptions } from '../src/index.ts'

/** What surrounds the service and outlives a restart of it. */
export interface Surroundings {
  database: TestDatabase
  folder: string
  clock: { now: number }
  admin: Postgres<unknown>
  lobby: Lobby
}

/** The messages service, as far as users knows it. */
class Lobby {
  readonly members: string[] = []
  /** `down`: it refuses. */
  state: 'up' | 'down' = 'up'

  readonly registered = async (userIds: string[]): Promise<void> => {
    if (this.state === 'down') throw new Error('messages is down')
    this.members.push(...userIds)
  }
}

export async function openSurroundings(): Promise<Surroundings> {
  const database = await createTestDatabase()
  return {
    database,
    folder: await makeFolder(),
    clock: { now: Date.parse('2026-03-01T09:00:00.000Z') },
    admin: await connectPostgres({ target: database.admin, name: 'tests', maxConnections: 1 }),
    lobby: new Lobby(),
  }
}

export async function closeSurroundings(around: Surroundings): Promise<void> {
  await around.admin[Symbol.asyncDispose]()
  await around.database[Symbol.asyncDispose]()
  await removeFolder(around.folder)
}

export type Running = Awaited<ReturnType<typeof run>>

export async function run(around: Surroundings, limits: LimiterFactory) {
  const options = optionsOf(around)
  const { bus, log, now } = options
  const users = await createUsers({ ...options, limits })
  const tokens = createTokenVerifier({ users: users.api, bus, log, now })
  await tokens.start()
  const app = createHttpServer({ log, tokens, trustProxy: true })
  users.bind({ app, tokens })
  refuseOtherMethods(
    { app, tokens },
    Object.values(routes).filter((route) => route.service === 'users'),
  )
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const close = async () => {
    await app.close()
    await tokens[Symbol.asyncDispose]()
    await users[Symbol.asyncDispose]()
  }
  return { users, bus, url, close }
}

export const optionsOf = ({
  database,
  folder,
  clock,
  lobby,
}: Surroundings): Required<UsersOptions> => ({
  database: database.targetOf('users'),
  dataDirectory: folder,
  config: { signingKeys: [] },
  log: createLogger('silent'),
  bus: createInProcessBus(),
  limits: noLimits,
  metrics: createMetrics(),
  messages: lobby,
  publicUrl: 'https://chat.example.org',
  now: () => clock.now,
})
