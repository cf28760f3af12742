import type { ReceiptIn } from '@chatapp/protocol'
import { backOffMs } from '../back-off.ts'
import type { Clock, Timer } from '../clock.ts'

type Kind = ReceiptIn['type']
type Watermarks = Record<Kind, number>

interface Line {
  wanted: Watermarks
  /** What the server is known to have. */
  acknowledged: Watermarks
  /** What was sent on the present socket and not refused since. */
  sent: Watermarks
}

/** While it is not idle, nothing is sent before the timer has run. */
type Pace = { kind: 'idle' } | { kind: 'pausing' | 'backing-off'; timer: Timer }

export interface ReceiptsOptions {
  clock: Clock
  random: () => number
  /** False when there is no open socket. */
  send: (frame: ReceiptIn) => boolean
}

/** 40 frames a second: the gateway takes 60, and messages need some of them. */
const ROUND_FRAMES = 10
const PAUSE_MS = 250
/** Reading changes what people see as unread, so it goes first. */
const KINDS: Kind[] = ['read', 'delivered']

/** My own watermarks: only the highest counts, so only the highest is sent, in rounds. */
export class Receipts {
  #options: ReceiptsOptions
  #lines = new Map<string, Line>()
  #pace: Pace = { kind: 'idle' }
  /** Refusals since the server last took something. */
  #refusals = 0

  constructor(options: ReceiptsOptions) {
    this.#options = options
  }

  mark(kind: Kind, conversationId: string, position: number): void {
    const { wanted, acknowledged } = this.#line(conversationId)
    if (position <= Math.max(wanted[kind], acknowledged[kind])) return
    wanted[kind] = position
    if (this.#pace.kind === 'idle') this.#sendRound()
  }

  /** The server has told where my watermark is; reading implies delivery. */
  acknowledge(kind: Kind, conversationId: string, position: number): void {
    const { acknowledged } = this.#line(conversationId)
    acknowledged[kind] = Math.max(acknowledged[kind], position)
    if (kind === 'read') acknowledged.delivered = Math.max(acknowledged.delivered, position)
    this.#refusals = 0
  }

  /** What has been read from this position on is to be read once more. */
  markUnread(conversationId: string, position: number): void {
    const { wanted, acknowledged, sent } = this.#line(conversationId)
    // Only catching up with it still.
    if (acknowledged.read < position) return
    for (const marks of [wanted, acknowledged, sent])
      marks.read = Math.min(marks.read, position - 1)
  }

  /** Something was refused for now. It isn't said what, so all that is in doubt goes out again. */
  retryLater(): void {
    this.#forgetSent()
    // One round may be refused frame by frame; that counts once.
    if (this.#pace.kind === 'backing-off') return
    const waitMs = backOffMs(this.#refusals++, this.#options.random)
    this.#wait('backing-off', PAUSE_MS + waitMs)
  }

  /** On a new socket everything that was not acknowledged goes out again. */
  resume(): void {
    this.#rest()
    this.#forgetSent()
    this.#refusals = 0
    this.#sendRound()
  }

  forget(conversationId: string): void {
    this.#lines.delete(conversationId)
  }

  /** Sends a last round of what waits and lets go of the timer; `resume()` starts anew. */
  stop(): void {
    this.#rest()
    this.#sendDue()
  }

  #sendRound(): void {
    if (this.#sendDue() > 0) this.#wait('pausing', PAUSE_MS)
  }

  /** Returns how many frames were sent. */
  #sendDue(): number {
    let count = 0
    for (const type of KINDS) {
      for (const [conversationId, line] of this.#lines) {
        if (count === ROUND_FRAMES) return count
        const position = line.wanted[type]
        if (position <= done(line, type)) continue
        if (!this.#options.send({ type, conversationId, position })) return count
        line.sent[type] = position
        count++
      }
    }
    return count
  }

  #wait(kind: 'pausing' | 'backing-off', ms: number): void {
    this.#rest()
    const timer = this.#options.clock.after(ms, () => {
      this.#pace = { kind: 'idle' }
      this.#sendRound()
    })
    this.#pace = { kind, timer }
  }

  #rest(): void {
    if (this.#pace.kind !== 'idle') this.#pace.timer.cancel()
    this.#pace = { kind: 'idle' }
  }

  #forgetSent(): void {
    for (const line of this.#lines.values()) line.sent = nothing()
  }

  #line(conversationId: string): Line {
    const line = this.#lines.get(conversationId) ?? {
      wanted: nothing(),
      acknowledged: nothing(),
      sent: nothing(),
    }
    this.#lines.set(conversationId, line)
    return line
  }
}

/** Up to where nothing is to be sent; a read, even one that waits, covers the delivery. */
function done({ wanted, acknowledged, sent }: Line, kind: Kind): number {
  const known = Math.max(acknowledged[kind], sent[kind])
  return kind === 'read' ? known : Math.max(known, sent.read, wanted.read)
}

function nothing(): Watermarks {
  return { read: 0, delivered: 0 }
}
