import type { FrameOf, OutboundFrame, SyncAnswer } from '@chatapp/protocol'
import type { Clock } from '../clock.ts'
import { Emitter } from '../emitter.ts'
import type { Call } from '../http/call.ts'
import type { Tokens } from '../http/tokens.ts'
import { Outbox, type Sending } from '../outbox/outbox.ts'
import type { ClientStorage } from '../outbox/store.ts'
import { Link } from '../socket/link.ts'
import type { ConnectionState } from '../socket/state.ts'
import { CatchUp } from './catch-up.ts'
import type { LogFrame } from './changes.ts'
import { Cursors, type KnownCursors } from './cursors.ts'
import type { LiveEvent, LiveEventOf, LogEvent } from './events.ts'
import { Receipts } from './receipts.ts'
import { Signals } from './signals.ts'

export interface ConnectionContext {
  url: string
  WebSocket: typeof WebSocket
  tokens: Tokens
  call: Call
  storage: ClientStorage | undefined
  clock: Clock
  random: () => number
}

export interface ConnectOptions {
  /** How far an earlier visit knew each conversation, from `connection.known()`. */
  known?: KnownCursors
}

type Handlers = { [T in OutboundFrame['type']]: (frame: FrameOf<T>) => void }

/**
 * A living connection: it reconnects by itself, loses nothing and repeats nothing.
 *
 * @example
 * const connection = client.connect()
 * connection.on('message', ({ message }) => show(message))
 * const { settled } = connection.send(conversationId, 'Hello!')
 * await settled
 */
export class Connection implements AsyncDisposable {
  #ownId: string
  #link: Link
  #emitter = new Emitter<LiveEvent>()
  #cursors: Cursors
  #catchUp: CatchUp
  #receipts: Receipts
  #signals: Signals
  #outbox: Outbox
  #life: { welcome: FrameOf<'welcome'>; signal: AbortSignal } | null = null
  #isInitial = true

  constructor(context: ConnectionContext, options: ConnectOptions = {}) {
    const { clock, random, tokens, storage, call } = context
    this.#ownId = tokens.getSession().user.id
    this.#link = new Link({
      ...context,
      probe: (signal) => call('getOwnUser', { signal }),
      onState: (state) => this.#emitter.emit({ type: 'state', state }),
      onWelcome: (frame, signal) => this.#welcome(frame, signal),
      onFrame: (frame) => this.#take(frame),
      onDown: () => this.#down(),
    })
    this.#cursors = new Cursors(this.#ownId, options.known)
    this.#catchUp = new CatchUp({
      cursors: this.#cursors,
      sync: async (conversations, signal) => {
        const answer = await call('sync', { body: { conversations }, signal })
        this.#followMarks(answer)
        return answer
      },
      list: (query, signal) => call('listConversations', { query, signal }),
      emit: (events) => this.#publish(events),
      clock,
      random,
    })
    this.#receipts = new Receipts({ clock, random, send: (frame) => this.#link.send(frame) })
    this.#signals = new Signals(clock, (frame) => this.#link.send(frame))
    this.#outbox = new Outbox({
      ownId: this.#ownId,
      storage,
      clock,
      random,
      transmit: (frame) => this.#link.send(frame),
      emit: (event) => this.#emitter.emit(event),
      onOverdue: () => this.#link.drop('no acknowledgement'),
    })
    this.#link.start()
  }

  get state(): ConnectionState {
    return this.#link.state
  }

  /** Messages that are not stored yet, with `retry` and `discard` for those that failed. */
  get outbox(): Pick<Outbox, 'items' | 'retry' | 'discard' | 'adopt'> {
    return this.#outbox
  }

  /** Listens to one type of event; returns the function that stops it. */
  on<T extends LiveEvent['type']>(type: T, listener: (event: LiveEventOf<T>) => void): () => void {
    return this.#emitter.on(type, listener)
  }

  /** Listens to every event, in order. */
  onAny(listener: (event: LiveEvent) => void): () => void {
    return this.#emitter.onAny(listener)
  }

  /** Queues a message; it is sent when there is a socket, and survives reconnects. */
  send(
    conversationId: string,
    data: string,
    { replyTo = null }: { replyTo?: string | null } = {},
  ): Sending {
    this.#signals.stopTyping(conversationId)
    return this.#outbox.send(conversationId, data, replyTo)
  }

  /** Says that I have seen everything up to this position. Lower than before changes nothing. */
  markRead(conversationId: string, position: number): void {
    this.#receipts.mark('read', conversationId, position)
  }

  /** Says that I am typing; may be called on every key. */
  typing(conversationId: string): void {
    this.#signals.typing(conversationId)
  }

  /** Replaces the people whose presence is told as `presence`. */
  watch(userIds: string[]): void {
    this.#signals.watch(userIds)
  }

  /**
   * Says which conversation is in front of the person in a focused window, so that no device notifies
   * them of it; null when none is. Kept across reconnects.
   */
  focus(conversationId: string | null): void {
    this.#signals.focus(conversationId)
  }

  /**
   * Tries again at once, for example when the network is back or the page is looked at again. A
   * socket that is open has to answer soon, or is given up.
   */
  retryNow(): void {
    this.#link.retryNow()
  }

  /**
   * Says that the network is gone, as the `offline` event of a browser does. An open socket would
   * notice only half a minute later. Should the server be in reach all the same, on this machine
   * for example, the next try finds it.
   */
  networkLost(): void {
    this.#link.networkLost()
  }

  /** How far each conversation is known; give it to `connect` to go on from here. */
  known(): KnownCursors {
    return this.#cursors.known()
  }

  /** Closes for good. What is in the outbox stays in the storage. */
  async close(): Promise<void> {
    this.#receipts.stop()
    await this.#link.close()
    await this.#outbox.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #welcome(welcome: FrameOf<'welcome'>, signal: AbortSignal): void {
    this.#life = { welcome, signal }
    this.#outbox.resume()
    this.#receipts.resume()
    this.#signals.resume()
    void this.#runCatchUp(welcome, signal)
  }

  #down(): void {
    this.#life = null
    this.#outbox.interrupt()
    this.#receipts.stop()
  }

  /** A failure that time does not cure ends the socket: the next one starts afresh. */
  async #runCatchUp(welcome: FrameOf<'welcome'>, signal: AbortSignal): Promise<void> {
    try {
      await this.#catchUp.run(signal)
      if (signal.aborted) return
      this.#isInitial = false
      if (this.state.kind !== 'online') this.#link.caughtUp(welcome)
    } catch (error) {
      if (!signal.aborted) this.#link.drop(`cannot sync: ${String(error)}`)
    }
  }

  #take(frame: OutboundFrame): void {
    // The handler is chosen by the frame's own type.
    const handle = this.#handlers[frame.type] as (frame: OutboundFrame) => void
    handle(frame)
  }

  #handlers: Handlers = {
    message: (frame) => this.#takeChange(frame),
    edited: (frame) => this.#takeChange(frame),
    unsent: (frame) => this.#takeChange(frame),
    reaction: (frame) => this.#takeChange(frame),
    conversation: (frame) => this.#takeChange(frame),
    participant: (frame) => this.#takeChange(frame),
    head: ({ conversationId, version }) => {
      this.#cursors.hear(conversationId, version)
      this.#closeGap()
    },
    receipt: (frame) => {
      const { userId, kind, conversationId, position } = frame
      if (userId === this.#ownId) this.#receipts.acknowledge(kind, conversationId, position)
      this.#emitter.emit(frame)
    },
    draft: (frame) => this.#emitter.emit(frame),
    own: (frame) => {
      const { conversationId, me } = frame
      if (me.unreadFrom) this.#receipts.markUnread(conversationId, me.unreadFrom)
      this.#emitter.emit(frame)
    },
    self: (frame) => this.#emitter.emit(frame),
    typing: (frame) => this.#emitter.emit(frame),
    presence: (frame) => this.#emitter.emit(frame),
    ack: (frame) => this.#outbox.acknowledge(frame),
    error: (frame) => {
      if (frame.clientId !== undefined) this.#outbox.refuse(frame)
      else if (frame.retryable) this.#receipts.retryLater()
    },
    welcome: () => {},
    synced: () => {},
    pong: () => {},
  }

  #takeChange(frame: LogFrame): void {
    this.#publish(this.#cursors.take(frame))
    this.#closeGap()
  }

  #closeGap(): void {
    if (this.#life && this.#cursors.isBehind && !this.#catchUp.isRunning) {
      void this.#runCatchUp(this.#life.welcome, this.#life.signal)
    }
  }

  #publish(events: LogEvent[]): void {
    for (const event of events) {
      this.#follow(event)
      this.#emitter.emit(event.type === 'joined' ? { ...event, initial: this.#isInitial } : event)
    }
  }

  /** Marked on another device meanwhile. */
  #followMarks({ conversations }: SyncAnswer): void {
    for (const { id, unreadFrom } of conversations) {
      if (unreadFrom !== undefined) this.#receipts.markUnread(id, unreadFrom)
    }
  }

  /** What an event means for my own watermarks. */
  #follow(event: LogEvent): void {
    if (event.type === 'left') this.#receipts.forget(event.conversationId)
    if (event.type === 'joined' || event.type === 'reset') {
      const { id, lastPosition, me } = event.conversation
      this.#receipts.acknowledge('delivered', id, me.deliveredPosition)
      this.#receipts.acknowledge('read', id, me.readPosition)
      if (me.unreadFrom) this.#receipts.markUnread(id, me.unreadFrom)
      this.#receipts.mark('delivered', id, lastPosition)
    }
    if (event.type !== 'message' || event.message.kind === 'system') return
    const { conversationId, senderId, position } = event.message
    if (senderId === this.#ownId) this.#receipts.acknowledge('read', conversationId, position)
    else this.#receipts.mark('delivered', conversationId, position)
  }
}
