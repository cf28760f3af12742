import type { AdvanceCommand, ReceiptIn } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { Connection } from './connection.ts'

/** Scrolling reads many messages; only the furthest one matters. */
const GATHER_MS = 50

/** Gathers the cursors that connections move, and stores the highest of each. */
export class ReceiptBuffer {
  readonly #context: Context
  #gathered = new Map<Connection, Map<string, AdvanceCommand>>()
  #timer: NodeJS.Timeout | undefined
  /** Of conversations of which the last try failed: it may have been stored all the same. */
  readonly #doubtful = new WeakMap<Connection, Set<string>>()

  constructor(context: Context) {
    this.#context = context
  }

  add(connection: Connection, { type, conversationId, position }: ReceiptIn): void {
    const commands = this.#gathered.get(connection) ?? new Map<string, AdvanceCommand>()
    this.#gathered.set(connection, commands)
    const { userId } = connection
    const command = commands.get(conversationId) ?? { userId, conversationId }
    commands.set(conversationId, {
      ...command,
      [type]: Math.max(command[type] ?? 0, position),
    })
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS)
  }

  /** Resolves when all of it is stored or refused. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const gathered = this.#gathered
    this.#gathered = new Map()
    const stored: Promise<void>[] = []
    for (const [connection, commands] of gathered)
      for (const command of commands.values()) stored.push(this.#store(connection, command))
    await Promise.all(stored)
  }

  async #store(connection: Connection, command: AdvanceCommand): Promise<void> {
    const doubtful = this.#doubtful.get(connection) ?? new Set()
    const { conversationId } = command
    try {
      const isAgain = doubtful.has(conversationId)
      await this.#context.messages.advance(isAgain ? { ...command, again: true } : command)
      doubtful.delete(conversationId)
    } catch (error) {
      if (connection.refuse(error).isRetryable) doubtful.add(conversationId)
      this.#doubtful.set(connection, doubtful)
    }
  }
}
