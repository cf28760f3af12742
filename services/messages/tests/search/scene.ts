import { type SearchEngine, type SearchServer, settle, startSearchServer } from '@chatapp/dev-env'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Booted, boot, type Person } from '../boot.ts'
import { engineAt, type Found, look, lookThrough, START_WITHIN_MS } from './engines.ts'

export interface SceneOptions {
  engine?: SearchEngine
  /** Not started, the index learns of nothing. */
  isStarted: boolean
}

/** Alice, bob and carol, and what answers their searches: there between the first test and the last. */
export class Scene {
  readonly #options: SceneOptions
  #server: SearchServer | undefined
  #chat: Booted | undefined
  #people: Person[] = []

  constructor(options: SceneOptions) {
    this.#options = options
    beforeAll(() => this.#open(), START_WITHIN_MS)
    afterAll(async () => {
      await this.#chat?.[Symbol.asyncDispose]()
      await this.#server?.[Symbol.asyncDispose]()
    })
  }

  get chat(): Booted {
    if (!this.#chat) throw new Error('the scene is not open')
    return this.#chat
  }

  get server(): SearchServer {
    if (!this.#server) throw new Error('this scene has no search server')
    return this.#server
  }

  get people(): [alice: Person, bob: Person, carol: Person] {
    const [alice, bob, carol] = this.#people
    if (!alice || !bob || !carol) throw new Error('the scene is not open')
    return [alice, bob, carol]
  }

  async indexed(): Promise<void> {
    if (!this.#options.isStarted) return
    const [alice] = this.people
    await settle(
      'everything is indexed',
      async () =>
        (await this.chat.admin`select from messages.outbox where consumer <> 'live'`).length ===
          0 && !(await look(alice, { q: 'anything' })).degraded,
      START_WITHIN_MS,
    )
  }

  async search(person: Person, query: Record<string, string>): Promise<Found> {
    await this.indexed()
    const found = await look(person, query)
    if (this.#options.isStarted) expect(found.degraded).toBe(false)
    return found
  }

  async texts(person: Person, q: string, more: Record<string, string> = {}) {
    await this.indexed()
    const { items, degraded } = await lookThrough(person, { q, ...more })
    if (this.#options.isStarted) expect(degraded).toBe(false)
    return items.map(({ message }) => message.data)
  }

  async refusal(person: Person, q: string): Promise<string> {
    const { status, body } = await person.call<{ detail: string }>(
      'GET',
      `/api/messages/search?${new URLSearchParams({ q })}`,
    )
    expect(status).toBe(400)
    return body.detail
  }

  async #open(): Promise<void> {
    const { engine, isStarted } = this.#options
    this.#server = engine && (await startSearchServer(engine))
    this.#chat = await boot({ searchEngine: this.#server && engineAt(this.#server.url) })
    this.#people = await Promise.all(['alice', 'bob', 'carol'].map(this.#chat.join))
    if (isStarted) await this.#chat.messages.start()
  }
}
