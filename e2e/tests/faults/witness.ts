import type { Conversation, Message } from '@chatapp/protocol'
import { type Client, type Connection, itemsOf, type LiveEvent } from '@chatapp/sdk'
import type { Entry, Seen } from '../../src/checker/journal.ts'

type Written = Entry extends infer E ? (E extends Entry ? Omit<E, 'who'> : never) : never

/** A person with a connection, who writes down everything that they do and see. */
export class Witness implements AsyncDisposable {
  readonly id: string
  readonly client: Client
  readonly connection: Connection
  readonly journal: Entry[] = []
  /** What is still being read after a resync. */
  readonly #reading = new Set<Promise<void>>()
  acks = 0

  constructor(client: Client) {
    this.client = client
    this.id = client.session?.user.id ?? ''
    this.connection = client.connect()
    this.connection.onAny((event) => this.#see(event))
  }

  /** Resolves when the server has stored it. */
  async send(conversationId: string, data: string): Promise<void> {
    const { clientId, settled } = this.connection.send(conversationId, data)
    this.#write({ kind: 'sent', conversationId, clientId, data })
    const { messageId, position } = await settled
    this.#write({ kind: 'acked', conversationId, clientId, messageId, position })
    this.acks++
  }

  knows(conversationId: string, position: number): boolean {
    const known = this.connection.known()[conversationId]
    return this.#reading.size === 0 && (known?.position ?? 0) >= position
  }

  /** What can be asked for at the end. */
  async lookBack(conversationIds: string[]): Promise<void> {
    for (const conversationId of conversationIds) {
      const messages = await this.#read(conversationId)
      this.#write({ kind: 'history', conversationId, messages })
      const { unread, me } = await this.client.conversations.get(conversationId)
      const { readPosition } = me
      this.#write({ kind: 'counted', conversationId, unread, readPosition })
    }
  }

  async search(word: string, rooms: string[]): Promise<void> {
    this.#write({ kind: 'searched', word, messageIds: await this.find(word, rooms) })
  }

  /** Of what is found, that in these rooms: an earlier burst may have had the same word. */
  async find(word: string, rooms: string[]): Promise<string[]> {
    const ids: string[] = []
    const page = (query: object) =>
      this.client.messages.search(word, { ...query, sort: 'newest', limit: 200 })
    for await (const { message } of itemsOf(page))
      if (rooms.includes(message.conversationId)) ids.push(message.id)
    return ids
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close()
  }

  #see(event: LiveEvent): void {
    switch (event.type) {
      case 'message':
        this.#write({
          kind: 'received',
          conversationId: event.conversationId,
          message: seen(event.message),
        })
        break
      case 'receipt': {
        const { conversationId, userId, kind: of, position } = event
        this.#write({ kind: 'receipt', conversationId, userId, of, position })
        break
      }
      case 'joined':
      case 'reset':
        this.#page(event.conversation)
        break
      default:
    }
  }

  /** As a client does that has nothing of a conversation, or too little. */
  #page({ id: conversationId }: Conversation): void {
    const reading = this.#read(conversationId).then((messages) => {
      this.#write({ kind: 'paged', conversationId, messages })
      this.#reading.delete(reading)
    })
    this.#reading.add(reading)
  }

  async #read(conversationId: string): Promise<Seen[]> {
    const all: Seen[] = []
    for (let after: number | null = 0; after !== null; ) {
      const page: { items: Message[]; after: number | null } = await patiently(() =>
        this.client.messages.history(conversationId, { after: after ?? 0, limit: 200 }),
      )
      all.push(...page.items.map(seen))
      after = page.after
    }
    return all
  }

  #write(entry: Written): void {
    // The two parts of one entry, apart and together again.
    this.journal.push({ who: this.id, ...entry } as Entry)
  }
}

/** Reading is safe to repeat; while a part is away it may take a few tries. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  const end = performance.now() + 60_000
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (performance.now() > end) throw error
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

function seen(message: Message): Seen {
  const { id, position, senderId, clientId } = message
  const data = message.kind === 'text' ? message.data : null
  return { id, position, senderId, clientId, data }
}
