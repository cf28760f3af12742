import type {
  AdvanceCommand,
  Backlog,
  LogFrame,
  MessagesApi,
  Missed,
  PassingFrame,
  SendCommand,
  Sent,
  Standing,
  SyncAnswer,
  SyncCursors,
} from '@chatapp/protocol'
import type { Bus } from '@chatapp/service-kit'
import { lobby } from './cast.ts'

/** Stands in for the messages service: numbers what is sent and publishes it. */
export class FakeMessages implements MessagesApi {
  readonly sent: SendCommand[] = []
  readonly advanced: AdvanceCommand[] = []
  readonly typed: { userId: string; conversationId: string }[] = []
  readonly #bus: Bus
  readonly #standings = new Map<string, Standing[]>()
  readonly #versions = new Map<string, number>()
  /** What `missed` knows beside the version. */
  readonly missing = new Map<string, Omit<Missed, 'version'>>()
  /** Receipts that the bus has lost. */
  receipts: PassingFrame[] = []
  /** Runs before every call; throws to refuse it, waits to hold it. */
  before: (call: keyof MessagesApi) => Promise<void> | void = () => undefined

  constructor(bus: Bus) {
    this.#bus = bus
  }

  join(conversationId: string, userIds: string[], joinedPosition = 0): void {
    for (const userId of userIds) {
      const others = this.#of(userId).filter((s) => s.conversationId !== conversationId)
      const version = this.#versions.get(conversationId) ?? 0
      const standing = { conversationId, userId, joinedPosition, version }
      this.#standings.set(userId, [...others, standing])
    }
  }

  leave(conversationId: string, userId: string): void {
    const rest = this.#of(userId).filter((s) => s.conversationId !== conversationId)
    this.#standings.set(userId, rest)
  }

  /** Publishes a frame of the log, by default the next one. */
  publish(
    conversationId: string,
    { json, version, ...more }: Partial<LogFrame> & { json?: string } = {},
  ) {
    const next = version ?? (this.#versions.get(conversationId) ?? 0) + 1
    this.#versions.set(conversationId, Math.max(next, this.#versions.get(conversationId) ?? 0))
    this.#bus.publish(`conversation:${conversationId}`, {
      type: 'frame',
      conversationId,
      version: next,
      json: json ?? JSON.stringify({ type: 'test', conversationId, version: next }),
      ...more,
    })
  }

  /** Stores frames of the log that nobody is told of. */
  lose(conversationId: string, frames: (Partial<LogFrame> & { version: number })[]) {
    const { version: last = 0 } = frames.at(-1) ?? {}
    this.#versions.set(conversationId, last)
    const kept = frames.map((frame) => ({
      type: 'frame' as const,
      conversationId,
      json: JSON.stringify({ type: 'test', conversationId, version: frame.version }),
      ...frame,
    }))
    this.missing.set(conversationId, { frames: kept, joined: [] })
  }

  async send(command: SendCommand): Promise<Sent> {
    this.sent.push(command)
    await this.before('send')
    const conversationId = command.conversationId ?? lobby
    const version = (this.#versions.get(conversationId) ?? 0) + 1
    const id = `message-${conversationId}-${version}`
    const { senderId, clientId: given, data, replyTo } = command
    const clientId = given ?? `made-${version}`
    const sentAt = new Date().toISOString()
    const common = {
      conversationId,
      position: version,
      version,
      senderId,
      clientId,
      replyTo,
      sentAt,
    }
    const frame = { type: 'message', user: 'Alice', message: data, messageId: id, ...common }
    this.publish(conversationId, { json: JSON.stringify({ ...frame, mentions: [] }) })
    const rest = { mentions: [], reactions: [], editedAt: null, unsentAt: null, data }
    return { message: { id, kind: 'text', ...common, ...rest }, created: true }
  }

  async advance(command: AdvanceCommand): Promise<void> {
    this.advanced.push(command)
    await this.before('advance')
  }

  async typing(userId: string, conversationId: string): Promise<void> {
    await this.before('typing')
    this.typed.push({ userId, conversationId })
    this.#bus.publish(`conversation:${conversationId}`, {
      type: 'passing',
      conversationId,
      fromUserId: userId,
      json: JSON.stringify({ type: 'typing', conversationId, userId }),
      droppable: true,
    })
  }

  async sync(_userId: string, cursors: SyncCursors): Promise<SyncAnswer> {
    await this.before('sync')
    return { conversations: [], unknown: Object.keys(cursors), added: [] }
  }

  async standings(userId: string): Promise<Standing[]> {
    const standings = [...this.#of(userId)]
    await this.before('standings')
    return standings
  }

  async receiptsWithin(): Promise<PassingFrame[]> {
    await this.before('receiptsWithin')
    return this.receipts
  }

  async heads(conversationIds: string[]): Promise<Record<string, number>> {
    await this.before('heads')
    return Object.fromEntries(conversationIds.map((id) => [id, this.#versions.get(id) ?? 0]))
  }

  async missed(conversationId: string, since: number): Promise<Missed> {
    await this.before('missed')
    const { frames = [], joined = [] } = this.missing.get(conversationId) ?? {}
    const version = this.#versions.get(conversationId) ?? 0
    return { version, joined, frames: frames.filter((frame) => frame.version > since) }
  }

  async backlog(): Promise<Backlog> {
    return { items: [], count: 0 }
  }

  registered(): Promise<void> {
    return Promise.resolve()
  }

  #of(userId: string): Standing[] {
    return this.#standings.get(userId) ?? []
  }
}
