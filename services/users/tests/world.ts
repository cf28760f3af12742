import {
  type AnswerOf,
  type BodyInput,
  type Problem,
  type ProfileChangedEvent,
  problemSchema,
  type Route,
  routes,
  type Session,
  type SessionEndedEvent,
} from '@chatapp/protocol'
import { type Bus, type LimiterFactory, noLimits } from '@chatapp/service-kit'
import { createUsers, type Users } from '../src/index.ts'
import {
  closeSurroundings,
  openSurroundings,
  optionsOf,
  type Running,
  run,
  type Surroundings,
} from './surroundings.ts'

export const PASSWORD = 'correct horse battery'

interface Asked {
  token?: string | undefined
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
}

/** The users service alone, on a real database, behind a real port. */
export class World implements AsyncDisposable {
  readonly users: Users
  readonly endings: SessionEndedEvent[] = []
  readonly profileChanges: ProfileChangedEvent[] = []
  readonly bus: Bus
  readonly #url: string
  readonly #around: Surroundings
  readonly #close: () => Promise<void>

  constructor(running: Running, around: Surroundings) {
    this.users = running.users
    this.bus = running.bus
    this.#url = running.url
    this.#close = running.close
    this.#around = around
    running.bus.subscribe('sessions', (event) => this.endings.push(event))
    running.bus.subscribe('profiles', (event) => this.profileChanges.push(event))
  }

  get clock() {
    return this.#around.clock
  }
  get lobby() {
    return this.#around.lobby
  }
  get folder() {
    return this.#around.folder
  }
  get sql() {
    return this.#around.admin.sql
  }

  /** Ends the process, as it were, and begins another on the same data. */
  async restart(): Promise<World> {
    await this.#close()
    return new World(await run(this.#around, noLimits), this.#around)
  }

  /** A second process on the same data, with a bus of its own. */
  beside(): Promise<Users> {
    return createUsers(optionsOf(this.#around))
  }

  async send(route: Route, { token, params, query, body, headers }: Asked = {}) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) => params?.[name] ?? '')
    const search = query ? `?${new URLSearchParams(query)}` : ''
    return fetch(this.#url + path + search, {
      method: route.method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
      }),
    })
  }

  /** Expects the route's answer, exactly as the protocol has it. */
  async ask<R extends Route>(route: R, asked?: Asked): Promise<AnswerOf<R>> {
    const response = await this.send(route, asked)
    const text = await response.text()
    const schema = route.answers[response.status]
    if (schema === undefined) throw new Error(`${route.id}: ${response.status} ${text}`)
    return (schema === null ? undefined : schema.parse(JSON.parse(text))) as AnswerOf<R>
  }

  /** Expects a problem document. */
  async refusal(route: Route, asked?: Asked): Promise<Problem> {
    const response = await this.send(route, asked)
    if (response.ok) throw new Error(`${route.id} answered ${response.status}`)
    return problemSchema.parse(await response.json())
  }

  register(
    username: string,
    more: Partial<BodyInput<typeof routes.register>> = {},
  ): Promise<Session> {
    return this.ask(routes.register, { body: { username, password: PASSWORD, ...more } })
  }

  login(username: string, password = PASSWORD): Promise<Session> {
    return this.ask(routes.login, { body: { username, password } })
  }

  async isAccepted({ accessToken }: Session): Promise<boolean> {
    return (await this.send(routes.getOwnUser, { token: accessToken })).status === 200
  }

  async [Symbol.asyncDispose]() {
    await this.#close()
    await closeSurroundings(this.#around)
  }
}

export async function openWorld(limits: LimiterFactory = noLimits): Promise<World> {
  const around = await openSurroundings()
  return new World(await run(around, limits), around)
}
