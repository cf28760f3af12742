import type { ReceiptIn } from '@chatapp/protocol'
import type { Clock, Timer } from '../clock.ts'

type Kind = ReceiptIn['type']
type Watermarks = Record<Kind, number>

interface Line {
  wanted: Watermarks
  /** What the server is known to have. */
  acknowledged: Watermarks
  /** What was sent on the present socket. */
  sent: Watermarks
  /** Runs while nothing more may be sent. */
  pausing: Timer | null
}

/** At most one frame of a kind per conversation in this time. */
const PAUSE_MS = 250
const KINDS: Kind[] = ['read', 'delivered']

/** My own watermarks: only the highest counts, so only the highest is sent. */
export class Receipts {
  #clock: Clock
  #send: (frame: ReceiptIn) => boolean
  #lines = new Map<string, Line>()

  constructor(clock: Clock, send: (frame: ReceiptIn) => boolean) {
    this.#clock = clock
    this.#send = send
  }

  mark(kind: Kind, conversationId: string, position: number): void {
    const line = this.#line(conversationId)
    if (position <= Math.max(line.wanted[kind], line.acknowledged[kind])) return
    line.wanted[kind] = position
    if (line.pausing === null) this.#flush(conversationId, line)
  }

  /** The server has told where my watermark is; reading implies delivery. */
  acknowledge(kind: Kind, conversationId: string, position: number): void {
    const { acknowledged } = this.#line(conversationId)
    acknowledged[kind] = Math.max(acknowledged[kind], position)
    if (kind === 'read') acknowledged.delivered = Math.max(acknowledged.delivered, position)
  }

  /** On a new socket everything that was not acknowledged goes out again. */
  resume(): void {
    for (const [conversationId, line] of this.#lines) {
      line.sent = nothing()
      line.pausing?.cancel()
      this.#flush(conversationId, line)
    }
  }

  forget(conversationId: string): void {
    this.#lines.get(conversationId)?.pausing?.cancel()
    this.#lines.delete(conversationId)
  }

  /** Sends what waits and lets go of the timers; `resume()` starts anew. */
  stop(): void {
    for (const [conversationId, line] of this.#lines) {
      line.pausing?.cancel()
      line.pausing = null
      this.#sendDue(conversationId, line)
    }
  }

  #flush(conversationId: string, line: Line): void {
    const isSent = this.#sendDue(conversationId, line)
    line.pausing = isSent
      ? this.#clock.after(PAUSE_MS, () => this.#flush(conversationId, line))
      : null
  }

  #sendDue(conversationId: string, { wanted, acknowledged, sent }: Line): boolean {
    const done = {
      read: Math.max(acknowledged.read, sent.read),
      delivered: Math.max(acknowledged.delivered, sent.delivered, sent.read, wanted.read),
    }
    const due = KINDS.filter((kind) => wanted[kind] > done[kind])
    for (const type of due) {
      if (!this.#send({ type, conversationId, position: wanted[type] })) return false
      sent[type] = wanted[type]
    }
    return due.length > 0
  }

  #line(conversationId: string): Line {
    const line = this.#lines.get(conversationId) ?? {
      wanted: nothing(),
      acknowledged: nothing(),
      sent: nothing(),
      pausing: null,
    }
    this.#lines.set(conversationId, line)
    return line
  }
}

function nothing(): Watermarks {
  return { read: 0, delivered: 0 }
}
