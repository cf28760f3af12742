import { backOffMs } from '../back-off.ts'
import type { Clock, Timer } from '../clock.ts'
import type { OutboxItem, OutboxState } from './item.ts'

/** An item whose state the outbox moves. */
export interface Entry extends OutboxItem {
  state: OutboxState
  settle: PromiseWithResolvers<Ack>
  /** Runs while the item is `sending`. */
  patience: Timer | null
}

/** The message is stored, and where. */
export interface Ack {
  clientId: string
  conversationId: string
  messageId: string
  position: number
  version: number
  sentAt: string
}

export interface LaneOptions {
  clock: Clock
  random: () => number
  transmit: (entry: Entry) => boolean
}

/** One socket's sends are numbered in the order received, so several may be under way. */
const WINDOW = 16

/**
 * The messages of one conversation, in order. After a refusal that may pass, the rest waits for the
 * one refused, and goes one by one until the lane is empty: a server that refuses some and takes
 * others would else turn their order round.
 */
export class Lane {
  readonly entries: Entry[] = []
  #options: LaneOptions
  #pace: { kind: 'full' } | { kind: 'careful'; refusals: number; pausing: Timer | null } = {
    kind: 'full',
  }

  constructor(options: LaneOptions) {
    this.#options = options
  }

  /** Sends what may be sent now. */
  pump(): void {
    if (this.#isIdle) this.#speedUp()
    if (this.#pace.kind === 'careful' && this.#pace.pausing) return
    const window = this.#pace.kind === 'full' ? WINDOW : 1
    let underWay = this.entries.filter(({ state }) => state.kind === 'sending').length
    for (const entry of this.entries) {
      if (entry.state.kind === 'failed' || entry.state.kind === 'sending') continue
      if (entry.state.kind === 'saving' || underWay >= window) return
      if (!this.#options.transmit(entry)) return
      underWay++
    }
  }

  /** Before what was written later, unless that is under way. */
  insertByTime(entry: Entry): void {
    const later = this.entries.findIndex(
      ({ state, createdAt }) => state.kind !== 'sending' && createdAt > entry.createdAt,
    )
    this.entries.splice(later < 0 ? this.entries.length : later, 0, entry)
  }

  remove(entry: Entry): void {
    this.entries.splice(this.entries.indexOf(entry), 1)
  }

  /** Pauses after a refusal that may pass; those of one window are one refusal. */
  slowDown(): void {
    if (this.#pace.kind === 'careful' && this.#pace.pausing) return
    const refusals = this.#pace.kind === 'careful' ? this.#pace.refusals + 1 : 0
    const pausing = this.#options.clock.after(backOffMs(refusals, this.#options.random), () => {
      this.#pace = { kind: 'careful', refusals, pausing: null }
      this.pump()
    })
    this.#pace = { kind: 'careful', refusals, pausing }
  }

  /** The socket is gone: what was under way is queued again, in its place. */
  interrupt(): void {
    if (this.#pace.kind === 'careful') {
      this.#pace.pausing?.cancel()
      this.#pace = { ...this.#pace, pausing: null }
    }
    for (const entry of this.entries) {
      entry.patience?.cancel()
      if (entry.state.kind === 'sending') entry.state = { kind: 'queued' }
    }
  }

  get #isIdle(): boolean {
    return this.entries.every(({ state }) => state.kind === 'failed')
  }

  #speedUp(): void {
    if (this.#pace.kind === 'careful') this.#pace.pausing?.cancel()
    this.#pace = { kind: 'full' }
  }
}
