import { createTestDatabase, type TestDatabase } from '@chatapp/dev-env'
import {
  ACCEPTED,
  type Conversation,
  type Message,
  type NotificationsApi,
  type Profile,
  type TextMessage,
  type User,
} from '@chatapp/protocol'
import {
  connectPostgres,
  createHttpServer,
  createId,
  createInProcessBus,
  createLogger,
  createMetrics,
  type PostgresTarget,
  refuseOtherMethods,
  type TokenVerifier,
} from '@chatapp/service-kit'
import type { MessagesConfig } from '../src/config.ts'
import { createMessages } from '../src/index.ts'

/** Somebody whom this service knows by id and whose token is that id. */
export interface Person extends User {
  hidesReads: boolean
  isAdmin: boolean
  /** What their client says that it knows. */
  accept: string
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }>
}

type Booted = Awaited<ReturnType<typeof boot>>

export type { Booted }

interface BootOptions {
  lobby?: boolean
  allowPrivateAddresses?: boolean
  database?: TestDatabase
  /** How the service reaches its database, when not straight. */
  target?: PostgresTarget
  searchEngine?: MessagesConfig['searchEngine']
}

/** The messages service alone: of its neighbours, users is a list of people, notifications nothing. */
export async function boot({
  lobby = true,
  allowPrivateAddresses = true,
  searchEngine,
  ...given
}: BootOptions = {}) {
  const database = given.database ?? (await createTestDatabase())
  const people = new Map<string, Person>()
  const bus = createInProcessBus()
  const users = {
    profiles: async (ids: string[]) => ids.flatMap((id) => people.get(id) ?? []).map(toProfile),
    idsByUsername: async (names: string[]) =>
      [...people.values()].flatMap((p): [string, string][] =>
        names.includes(p.username) ? [[p.username, p.id]] : [],
      ),
    signingKeys: async () => [],
    endedSessions: async () => [],
  }
  const notifications: NotificationsApi = {
    changed: async () => {},
    waitingForWords: async () => [],
    wordsFound: async () => [],
  }
  let clockOffset = 0
  const metrics = createMetrics()
  const target = given.target ?? database.targetOf('messages')
  const messages = await createMessages({
    database: target,
    log: createLogger('silent'),
    metrics,
    bus,
    users,
    notifications,
    config: { lobby, searchEngine, allowPrivateAddresses },
    now: () => Date.now() + clockOffset,
  })
  const tokens: TokenVerifier = {
    verify: async (userId) => ({ userId, sessionId: userId, expiresAt: Number.MAX_SAFE_INTEGER }),
    start: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
  const app = createHttpServer({ log: createLogger('silent'), tokens })
  messages.bind({ app, tokens })
  refuseOtherMethods({ app, tokens }, [])
  await app.ready()
  const admin = await connectPostgres({ target: database.admin, name: 'tests', maxConnections: 1 })

  async function join(name: string): Promise<Person> {
    const id = createId()
    const person: Person = {
      id,
      username: name,
      displayName: name[0]?.toUpperCase() + name.slice(1),
      avatarUrl: null,
      bio: '',
      hidesReads: false,
      isAdmin: false,
      accept: ACCEPTED,
      async call(method: string, path: string, body?: unknown) {
        const answer = await app.inject({
          method: method as 'GET',
          url: path,
          headers: { authorization: `Bearer ${id}`, accept: person.accept },
          ...(body !== undefined && { payload: body as object }),
        })
        return {
          status: answer.statusCode,
          body: answer.body ? answer.json() : (undefined as never),
        }
      },
    }
    people.set(id, person)
    await messages.api.registered([id])
    return person
  }
  return {
    bus,
    messages,
    metrics,
    target,
    /** The neighbours' calls; a test may answer them otherwise. */
    users,
    notifications,
    join,
    /** A superuser's hand on the database. */
    admin: admin.sql,
    setClock: (offsetMs: number) => {
      clockOffset = offsetMs
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await messages[Symbol.asyncDispose]()
      await admin[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

const toProfile = ({ id, username, displayName, avatarUrl, bio, ...rest }: Person): Profile => ({
  user: { id, username, displayName, avatarUrl, bio },
  hidesReads: rest.hidesReads,
  isAdmin: rest.isAdmin,
})

export async function group(
  owner: Person,
  others: Person[],
  extra: object = {},
): Promise<Conversation> {
  const { body } = await owner.call<Conversation>('POST', '/api/conversations', {
    kind: 'group',
    title: 'Plans',
    userIds: others.map((person) => person.id),
    ...extra,
  })
  return body
}

let sends = 0
export async function send(
  person: Person,
  conversationId: string,
  text: string | { data: string; replyTo: string },
): Promise<TextMessage> {
  const { status, body } = await person.call<TextMessage>('POST', '/api/messages/send', {
    conversationId,
    clientId: `c${++sends}`,
    ...(typeof text === 'string' ? { data: text } : text),
  })
  if (status !== 201) throw new Error(`send: ${status} ${JSON.stringify(body)}`)
  return body
}

export async function history(person: Person, conversationId: string): Promise<Message[]> {
  const all: Message[] = []
  let after: number | null = 0
  while (after !== null) {
    const page: { body: { items: Message[]; after: number | null } } = await person.call(
      'GET',
      `/api/messages/${conversationId}?after=${after}&limit=200`,
    )
    all.push(...page.body.items)
    after = page.body.after
  }
  return all
}

export async function unread(person: Person, conversationId: string): Promise<number> {
  const { body } = await person.call<Conversation>('GET', `/api/conversations/${conversationId}`)
  return body.unread
}
