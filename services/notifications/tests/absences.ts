import { type MailServer, settle, startMailServer } from '@chatapp/dev-env'
import type { Mailbox, MissedMessage } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import { type Engine, notice, startEngine, unasked } from './engine.ts'

const PATIENCE_MS = 20_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const PUBLIC_URL = 'https://chat.example.org'

interface State {
  waiting: boolean
  asked: boolean
  seen: boolean
}

/** People who are away, by a clock of their own, and what is sent to them. */
export class Absences implements AsyncDisposable {
  readonly mail: MailServer
  clock = Date.parse('2026-03-02T12:00:00Z')
  /** Gateways say of these that they are there, and when they did something last. */
  readonly connected = new Map<string, number>()
  /** What each has not read. */
  readonly missed = new Map<string, MissedMessage[]>()
  readonly #mailboxes = new Map<string, Mailbox>()
  #engine: Engine | undefined

  constructor(mail: MailServer) {
    this.mail = mail
  }

  get engine(): Engine {
    if (!this.#engine) throw new Error('it was not started')
    return this.#engine
  }

  async start(): Promise<void> {
    this.#engine = await this.open()
    const { bus } = this.engine
    bus.subscribe('focus', (event) => {
      if (event.type !== 'ask-here') return
      const here = event.userIds.filter((userId) => this.connected.has(userId))
      this.tellOf(here)
    })
  }

  /** As a gateway does, when it is asked and when they go. */
  tellOf(userIds: string[]): void {
    const people = userIds.map((userId): [string, number] => [
      userId,
      Math.max(0, this.clock - (this.connected.get(userId) ?? 0)),
    ])
    this.engine.bus.publish('focus', { type: 'here', people })
  }

  /** The service, or a second process of it. */
  open(beside?: Engine): Promise<Engine> {
    return startEngine({
      now: () => this.clock,
      ...(beside && { beside }),
      users: {
        ...unasked,
        waitingMails: async () => [],
        mailsTaken: async () => {},
        openMail: async () => null,
        mailboxes: async (userIds) =>
          userIds.flatMap((userId) => this.#mailboxes.get(userId) ?? []),
      },
      messages: {
        backlog: async (userId, after) => {
          const all = this.missed.get(userId) ?? []
          const items = all.filter(({ sentAt }) => sentAt > (after ?? ''))
          return { items: items.slice(-20), count: items.length }
        },
      },
      config: { mail: configFor(this.mail) },
    })
  }

  /** With a verified address, and away. */
  somebody(mailbox: Partial<Mailbox> = {}): string {
    const userId = createId()
    this.#mailboxes.set(userId, {
      ...{ userId, address: `${userId}@example.org`, username: 'bob', displayName: 'Bob' },
      language: null,
      ...mailbox,
    })
    return userId
  }

  async miss(userId: string, said: Partial<MissedMessage> = {}): Promise<MissedMessage> {
    const sentAt = new Date(this.clock).toISOString()
    const message: MissedMessage = {
      ...{ conversationId: createId(), position: 3, senderName: 'Alice', title: null },
      ...{ text: 'The soup is ready', sentAt },
      ...said,
    }
    this.missed.set(userId, [...(this.missed.get(userId) ?? []), message])
    const { conversationId, position } = message
    await this.engine.changed([notice({ to: userId, conversationId, position, sentAt })])
    return message
  }

  async stateOf(userId: string): Promise<State | undefined> {
    const [state] = await this.engine.sql<State[]>`
      select waiting_since is not null as waiting, seen_at is not null as seen,
        asked_at = ${new Date(this.clock)} as asked
      from notifications.digests where user_id = ${userId}`
    return state
  }

  /** Time goes by, and gateways are asked whether they are there. */
  async stayAway(userIds: string[], ms: number): Promise<void> {
    this.clock += ms
    await settle(
      'all were looked at',
      async () => {
        const states = await Promise.all(userIds.map((userId) => this.stateOf(userId)))
        return states.every((state) => state?.asked || !state?.waiting)
      },
      PATIENCE_MS,
    )
    this.clock += 2_000
  }

  mailsTo(userId: string) {
    return this.mail.mails.filter(({ to }) => to === `${userId}@example.org`)
  }

  ordersOf(userId: string): PromiseLike<{ state: string }[]> {
    return this.engine.sql<{ state: string }[]>`
      select state from notifications.mails where user_id = ${userId} order by id`
  }

  /** The last one of so many digests, once it is also written down. */
  untilMailed(userId: string, count = 1) {
    return settle(
      'the digest',
      async () => {
        const sent = (await this.ordersOf(userId)).filter(({ state }) => state === 'sent')
        return sent.length >= count && this.mailsTo(userId).at(-1)
      },
      PATIENCE_MS,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine?.[Symbol.asyncDispose]()
    await this.mail[Symbol.asyncDispose]()
  }
}

const configFor = ({ url }: MailServer) => ({
  server: {
    ...{ host: '127.0.0.1', port: Number(new URL(url).port) },
    ...{ encryption: 'offered' as const, login: undefined },
  },
  from: 'ChatApp <no-reply@chat.example.org>',
  ...{ replyTo: 'no-reply@chat.example.org', publicUrl: PUBLIC_URL, digest: 'hour' as const },
})

export async function openAbsences(): Promise<Absences> {
  const absences = new Absences(await startMailServer())
  await absences.start()
  return absences
}
