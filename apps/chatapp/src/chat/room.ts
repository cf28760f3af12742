import type { Conversation } from '@chatapp/protocol'
import type { Client, Connection, LiveEvent } from '@chatapp/sdk'
import { lineOfMessage, titleOf } from './lines.ts'
import type { Names } from './names.ts'

const PAGE = 20
/** A person who types says so every few seconds; once is enough to read. */
const TYPING_SHOWN_EVERY_MS = 5_000

interface RoomOptions {
  conversation: Conversation
  client: Client
  connection: Connection
  names: Names
  print: (line: string) => void
}

/** The conversation that is in front of the person. */
export class Room {
  readonly id: string
  readonly title: string
  readonly #ownId: string
  readonly #options: RoomOptions
  readonly #typingShownAt = new Map<string, number>()
  #older: number | null = null
  #lastOwnPosition = 0

  constructor(options: RoomOptions) {
    const { conversation, client } = options
    this.#options = options
    this.#ownId = client.session?.user.id ?? ''
    this.id = conversation.id
    this.title = titleOf(conversation, this.#ownId)
  }

  /** Shows the newest page and marks it read. */
  async enter(): Promise<void> {
    const { client, connection, conversation } = this.#options
    const members = await client.conversations.members(this.id, { limit: 200 })
    this.#options.names.learn(members.items.map((member) => member.user))
    await this.#showPage(undefined)
    if (conversation.lastPosition > 0) connection.markRead(this.id, conversation.lastPosition)
  }

  async showOlder(): Promise<void> {
    if (this.#older === null) this.#options.print('  That was the beginning.')
    else await this.#showPage(this.#older)
  }

  /** Tells what an event of this conversation means to the person. */
  async show(event: LiveEvent): Promise<void> {
    const { names, print } = this.#options
    switch (event.type) {
      case 'message':
        await names.askForAll([event.message])
        print(lineOfMessage(event.message, names.of))
        this.#noteSeen(event.message)
        return
      case 'edited':
        print(`       ${names.of(event.senderId)} edited #${event.position}: ${event.data}`)
        return
      case 'unsent':
        print(`       ${names.of(event.senderId)} took #${event.position} back`)
        return
      case 'typing':
        this.#showTyping(event.userId)
        return
      case 'receipt':
        this.#showReceipt(event)
        return
      default:
        return
    }
  }

  #noteSeen({ senderId, position }: { senderId: string; position: number }): void {
    if (senderId === this.#ownId) this.#lastOwnPosition = position
    else this.#options.connection.markRead(this.id, position)
    this.#typingShownAt.delete(senderId)
  }

  async #showPage(before: number | undefined): Promise<void> {
    const { client, names, print } = this.#options
    const page = await client.messages.history(this.id, { before, limit: PAGE })
    await names.askForAll(page.items)
    for (const message of page.items) print(lineOfMessage(message, names.of))
    this.#older = page.before
  }

  #showTyping(userId: string): void {
    const now = performance.now()
    const last = this.#typingShownAt.get(userId) ?? Number.NEGATIVE_INFINITY
    if (userId === this.#ownId || now - last < TYPING_SHOWN_EVERY_MS) return
    this.#typingShownAt.set(userId, now)
    this.#options.print(`       ${this.#options.names.of(userId)} is typing …`)
  }

  #showReceipt(receipt: { userId: string; kind: string; position: number }): void {
    const isNews = this.#lastOwnPosition > 0 && receipt.position >= this.#lastOwnPosition
    if (receipt.kind !== 'read' || receipt.userId === this.#ownId || !isNews) return
    this.#options.print(`       ✓ read by ${this.#options.names.of(receipt.userId)}`)
  }
}
