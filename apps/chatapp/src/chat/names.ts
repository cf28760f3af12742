import type { Message, User } from '@chatapp/protocol'
import type { Client } from '@chatapp/sdk'
import { plain } from './lines.ts'

/** What people are called, asked for once each. */
export class Names {
  readonly #client: Client
  readonly #known = new Map<string, string>()

  constructor(client: Client) {
    this.#client = client
  }

  learn(users: Pick<User, 'id' | 'displayName'>[]): void {
    for (const { id, displayName } of users) this.#known.set(id, plain(displayName))
  }

  /** For use once the people in question were asked for. */
  of = (userId: string): string => this.#known.get(userId) ?? 'somebody'

  async ask(userIds: string[]): Promise<void> {
    const unknown = new Set(userIds.filter((id) => !this.#known.has(id)))
    // A name is not worth an error: who can't be looked up stays "somebody".
    const found = await Promise.allSettled([...unknown].map((id) => this.#client.users.get(id)))
    this.learn(found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
  }

  askForAll(messages: Message[]): Promise<void> {
    return this.ask(messages.flatMap(peopleIn))
  }
}

function peopleIn(message: Message): string[] {
  if (message.kind === 'text') return [message.senderId]
  const { event } = message
  return [
    message.senderId,
    ...('userIds' in event ? event.userIds : []),
    ...('userId' in event ? [event.userId] : []),
  ]
}
