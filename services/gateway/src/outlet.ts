import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { OutboundFrame } from '@chatapp/protocol'
import { WebSocket } from 'ws'
import type { Turn } from './turn.ts'
import { encodeFrame } from './wire.ts'

/** Above this much unsent, what is droppable is left out. */
const BEHIND_BYTES = 64 * 1024
/** Above this much unsent the socket is given up: it can resume from its cursors. */
const GIVE_UP_BYTES = 1024 * 1024

interface OutletOptions {
  userId: string
  ws: WebSocket
  /** The TCP socket under `ws`. */
  socket: Socket
  turn: Turn
  /** Called when too much is unsent. */
  onOverflow: { overflow(): void }
}

/**
 * The outgoing side of one socket. It writes finished frames straight to the TCP socket: between
 * `ws`'s own control frames, which it writes whole, and many times faster than `ws.send`.
 */
export class Outlet {
  readonly userId: string
  readonly #ws: WebSocket
  readonly #socket: Socket
  readonly #turn: Turn
  readonly #onOverflow: { overflow(): void }
  #pending: Buffer | Buffer[] | undefined
  /** Bytes of long answers that may be unsent still: they were asked for, so they are not counted. */
  #answerBytes = 0

  constructor({ userId, ws, socket, turn, onOverflow }: OutletOptions) {
    this.userId = userId
    this.#ws = ws
    this.#socket = socket
    this.#turn = turn
    this.#onOverflow = onOverflow
  }

  /** Adds frames to what this turn of the event loop writes. */
  push(frames: Buffer): void {
    if (this.#pending === undefined) {
      this.#pending = frames
      this.#turn.addSocket(this)
    } else if (Array.isArray(this.#pending)) this.#pending.push(frames)
    else this.#pending = [this.#pending, frames]
  }

  say(frame: OutboundFrame): void {
    this.push(encodeFrame(frame))
  }

  /** An answer that may be long, like everything that changed in a month. */
  answer(frame: OutboundFrame): void {
    const frames = encodeFrame(frame)
    this.#answerBytes += frames.length
    this.push(frames)
  }

  flush(): void {
    const pending = this.#pending
    if (pending === undefined) return
    this.#pending = undefined
    if (this.#ws.readyState !== WebSocket.OPEN) return
    this.#socket.write(Array.isArray(pending) ? Buffer.concat(pending) : pending)
    if (this.#socket.writableLength > GIVE_UP_BYTES + this.#answerBytes) this.#onOverflow.overflow()
  }

  /** Resolves when the other side has read nearly all. */
  async caughtUp(): Promise<void> {
    this.flush()
    if (this.isBehind) await once(this.#socket, 'drain')
  }

  get isBehind(): boolean {
    return this.#socket.writableLength > BEHIND_BYTES
  }

  get answerBytes(): number {
    return this.#answerBytes
  }

  /** The other side has read what it asked for. */
  forgetAnswers(): void {
    if (this.#pending === undefined) this.#answerBytes = 0
  }
}
