import { ChatError, type Conversation, type User } from '@chatapp/protocol'
import type { Client } from '@chatapp/sdk'
import { titleOf } from './lines.ts'

/** The person's conversations, as they were listed last. */
export class Directory {
  readonly #client: Client
  #listed: Conversation[] = []

  constructor(client: Client) {
    this.#client = client
  }

  get ownId(): string {
    return this.#client.session?.user.id ?? ''
  }

  async list(): Promise<Conversation[]> {
    this.#listed = (await this.#client.conversations.list({ limit: 50 })).items
    return this.#listed
  }

  /** By its number in the list, the beginning of its title, or `@username`. */
  async find(wanted: string): Promise<Conversation> {
    if (wanted.startsWith('@')) {
      return this.#client.conversations.openDirect((await this.#person(wanted)).id)
    }
    const listed = /^\d+$/.test(wanted) ? this.#listed[Number(wanted) - 1] : undefined
    if (listed) return this.#client.conversations.get(listed.id)
    const title = wanted.toLowerCase()
    for await (const one of this.#client.conversations.all()) {
      if (title && titleOf(one, this.ownId).toLowerCase().startsWith(title)) return one
    }
    throw new ChatError('not-found', `There is no conversation "${wanted}"; see /list.`)
  }

  /** `Some title @bob @carol` */
  async createGroup(wanted: string): Promise<Conversation> {
    const words = wanted.split(' ')
    const guests = words.filter((word) => word.startsWith('@'))
    const title = words.filter((word) => !word.startsWith('@')).join(' ')
    const people = await Promise.all(guests.map((name) => this.#person(name)))
    return this.#client.conversations.create({ title, userIds: people.map(({ id }) => id) })
  }

  async #person(atName: string): Promise<User> {
    const name = atName.slice(1).toLowerCase()
    const { items } = await this.#client.users.find(name)
    const found = items.find((user) => user.username.toLowerCase() === name)
    if (!found) throw new ChatError('not-found', `There is nobody called ${atName}.`)
    return found
  }
}
