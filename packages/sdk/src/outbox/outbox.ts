import {
  ChatError,
  type FrameOf,
  type MessageIn,
  messageTextSchema,
  parseInput,
} from '@chatapp/protocol'
import { makeClientId } from '../client-id.ts'
import type { Clock } from '../clock.ts'
import { type OutboxItem, outboxItemsOf } from './item.ts'
import { type Ack, type Entry, Lane } from './lane.ts'
import { type ClientStorage, OutboxStore } from './store.ts'

export type OutboxEvent =
  | ({ type: 'ack' } & Ack)
  | { type: 'sendFailed'; clientId: string; conversationId: string; error: ChatError }
  /** The outbox has changed; read it from `connection.outbox`. */
  | { type: 'outbox' }

/** A message that was accepted into the outbox. */
export interface Sending {
  clientId: string
  /** Resolves when the server has stored it; rejects with the `ChatError` that refused it, or with `NotSent`. */
  settled: Promise<Ack>
}

/** The message was discarded, or the connection closed before it was acknowledged. */
export class NotSent extends Error {
  override name = 'NotSent'
}

export interface OutboxOptions {
  /** Whose messages these are. */
  ownId: string
  storage: ClientStorage | undefined
  clock: Clock
  random: () => number
  /** False when there is no open socket. */
  transmit: (frame: MessageIn) => boolean
  emit: (event: OutboxEvent) => void
  /** An acknowledgement is overdue: the socket is not to be trusted any more. */
  onOverdue: () => void
}

const ACK_TIMEOUT_MS = 15_000

/** What is to be sent, each conversation in order, until it is stored, refused or discarded. */
export class Outbox {
  #options: OutboxOptions
  #lanes = new Map<string, Lane>()
  #entries = new Map<string, Entry>()
  #store: OutboxStore | null
  #loaded: Promise<void>

  constructor(options: OutboxOptions) {
    this.#options = options
    const key = `chatapp.outbox.${options.ownId}`
    this.#store = options.storage ? new OutboxStore(options.storage, key, () => this.items) : null
    this.#loaded = this.#load()
  }

  /** Everything that is not stored yet, by conversation, in order. */
  get items(): OutboxItem[] {
    return [...this.#lanes.values()]
      .flatMap(({ entries }) => entries)
      .map(({ settle: _settle, patience: _patience, ...item }) => item)
  }

  send(conversationId: string, data: string, replyTo: string | null): Sending {
    return this.#put({
      clientId: makeClientId(),
      conversationId,
      data,
      replyTo,
      createdAt: this.#options.clock.now(),
      state: { kind: 'saving' },
    })
  }

  /** Tries a failed message again, after those that wait now. */
  retry(clientId: string): Sending {
    const entry = this.#getEntry(clientId)
    if (entry.state.kind !== 'failed') return { clientId, settled: entry.settle.promise }
    this.#remove(entry)
    const { settle: _settle, patience: _patience, ...item } = entry
    return this.#put({ ...item, state: { kind: 'saving' } })
  }

  /** Takes a message out. False when it is under way or already stored. */
  discard(clientId: string): boolean {
    const entry = this.#entries.get(clientId)
    if (!entry || entry.state.kind === 'sending') return false
    this.#remove(entry)
    entry.settle.reject(new NotSent('the message was discarded'))
    this.#changed()
    this.#lane(entry.conversationId).pump()
    return true
  }

  /**
   * Takes over what another client of this account has kept and does not send any more. Resolves
   * when it is kept here.
   */
  async adopt(saved: unknown): Promise<void> {
    await this.#loaded
    const items = outboxItemsOf(saved).filter(({ clientId }) => !this.#entries.has(clientId))
    if (items.length === 0) return
    for (const item of items) this.#enter(item, 'by time')
    await this.#store?.save()
    this.#options.emit({ type: 'outbox' })
    this.resume()
  }

  /** The socket is open. */
  resume(): void {
    for (const lane of this.#lanes.values()) lane.pump()
  }

  /** The socket is gone. */
  interrupt(): void {
    for (const lane of this.#lanes.values()) lane.interrupt()
  }

  acknowledge({ type, ...ack }: FrameOf<'ack'>): void {
    const entry = this.#entries.get(ack.clientId)
    if (!entry) return
    this.#remove(entry)
    entry.settle.resolve(ack)
    this.#options.emit({ type, ...ack })
    this.#changed()
    this.#lane(entry.conversationId).pump()
  }

  refuse(frame: FrameOf<'error'>): void {
    const entry = this.#entries.get(frame.clientId ?? '')
    if (entry?.state.kind !== 'sending') return
    entry.patience?.cancel()
    if (frame.retryable) {
      entry.state = { kind: 'queued' }
      this.#lane(entry.conversationId).slowDown()
      this.#options.emit({ type: 'outbox' })
      return
    }
    this.#fail(entry, new ChatError(frame.code, frame.message, { errors: frame.errors }))
    this.#lane(entry.conversationId).pump()
  }

  /** Nothing more is sent; what waits stays in the storage. */
  async close(): Promise<void> {
    this.interrupt()
    const closed = new NotSent('the connection was closed')
    for (const { settle } of this.#entries.values()) settle.reject(closed)
    await this.#loaded
    await this.#store?.save()
  }

  async #load(): Promise<void> {
    const items = (await this.#store?.load().catch(() => [])) ?? []
    // Before what was entered meanwhile.
    for (const item of items.toReversed()) this.#enter(item, 'first')
    if (items.length > 0) this.#options.emit({ type: 'outbox' })
    this.resume()
  }

  #put(item: OutboxItem): Sending {
    const entry = this.#enter(item)
    const { clientId } = item
    try {
      parseInput(messageTextSchema, item.data)
    } catch (error) {
      // Refused here: too large a frame would cost the socket.
      if (!(error instanceof ChatError)) throw error
      this.#fail(entry, error)
      return { clientId, settled: entry.settle.promise }
    }
    this.#options.emit({ type: 'outbox' })
    if (this.#store) void this.#saveFirst(entry)
    else this.#release(entry)
    return { clientId, settled: entry.settle.promise }
  }

  async #saveFirst(entry: Entry): Promise<void> {
    await this.#loaded
    await this.#store?.save()
    this.#release(entry)
  }

  #release(entry: Entry): void {
    if (entry.state.kind === 'saving') entry.state = { kind: 'queued' }
    this.#lane(entry.conversationId).pump()
    this.#options.emit({ type: 'outbox' })
  }

  #enter(item: OutboxItem, place: 'first' | 'by time' | 'last' = 'last'): Entry {
    const settle = Promise.withResolvers<Ack>()
    // Who does not look at `settled` listens to `sendFailed`.
    settle.promise.catch(() => {})
    const entry = { ...item, settle, patience: null }
    const lane = this.#lane(item.conversationId)
    if (place === 'first') lane.entries.unshift(entry)
    else if (place === 'by time') lane.insertByTime(entry)
    else lane.entries.push(entry)
    this.#entries.set(item.clientId, entry)
    return entry
  }

  #remove(entry: Entry): void {
    entry.patience?.cancel()
    this.#entries.delete(entry.clientId)
    this.#lane(entry.conversationId).remove(entry)
  }

  #transmit(entry: Entry): boolean {
    const { clientId, conversationId, data, replyTo } = entry
    const { clock, transmit, onOverdue } = this.#options
    if (!transmit({ type: 'message', conversationId, clientId, data, replyTo })) return false
    entry.state = { kind: 'sending' }
    entry.patience = clock.after(ACK_TIMEOUT_MS, onOverdue)
    return true
  }

  #fail(entry: Entry, error: ChatError): void {
    const { clientId, conversationId } = entry
    entry.state = { kind: 'failed', error }
    entry.settle.reject(error)
    this.#options.emit({ type: 'sendFailed', clientId, conversationId, error })
    this.#changed()
  }

  #changed(): void {
    this.#options.emit({ type: 'outbox' })
    void this.#store?.save()
  }

  #getEntry(clientId: string): Entry {
    const entry = this.#entries.get(clientId)
    if (entry) return entry
    throw new ChatError('not-found', 'there is no such message in the outbox')
  }

  #lane(conversationId: string): Lane {
    const { clock, random } = this.#options
    const lane =
      this.#lanes.get(conversationId) ??
      new Lane({ clock, random, transmit: (entry) => this.#transmit(entry) })
    this.#lanes.set(conversationId, lane)
    return lane
  }
}
