import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Context } from '../context.ts'
import { Admission } from './admission.ts'
import type { Connections } from './connections.ts'
import { Entrance, isWebSocketRequest } from './entrance.ts'
import { createFrameHandler } from './handle-frame.ts'
import { ReceiptBuffer } from './receipt-buffer.ts'

/** One look at all sockets for what is due: heartbeats, expiry, queues. No timer per socket. */
const SWEEP_INTERVAL_MS = 500

interface SocketsOptions {
  context: Context
  connections: Connections
  sweepIntervalMs?: number | undefined
}

/** The WebSocket side of the gateway. */
export class Sockets {
  readonly #context: Context
  readonly #connections: Connections
  readonly #receipts: ReceiptBuffer
  readonly #admission: Admission
  readonly #entrance: Entrance
  readonly #endings: Disposable
  readonly #sweeping: NodeJS.Timeout

  constructor({ context, connections, sweepIntervalMs = SWEEP_INTERVAL_MS }: SocketsOptions) {
    this.#context = context
    this.#connections = connections
    this.#receipts = new ReceiptBuffer(context)
    this.#admission = new Admission(context)
    const handle = createFrameHandler({ ...context, receipts: this.#receipts })
    this.#entrance = new Entrance({ context, connections, admission: this.#admission, handle })
    this.#endings = context.tokens.onEnd((sessionId) => this.#endSession(sessionId))
    this.#sweeping = setInterval(() => this.#sweep(), sweepIntervalMs)
  }

  serve(server: Server): void {
    Object.assign(server, { shouldUpgradeCallback: isWebSocketRequest })
    server.on('upgrade', (request, socket, head) => {
      // An HTTP server over TCP hands out TCP sockets.
      this.#entrance.handle({ request, socket: socket as Socket, head })
    })
  }

  /** Ends every socket, answering first what is under way. */
  async drain(signal?: AbortSignal): Promise<void> {
    await this.#connections.drain(signal)
    await this.#receipts.flush()
  }

  [Symbol.dispose](): void {
    clearInterval(this.#sweeping)
    this.#endings[Symbol.dispose]()
  }

  #endSession(sessionId: string): void {
    this.#context.tickets.endSession(sessionId)
    this.#admission.endSession(sessionId)
    this.#connections.endSession(sessionId)
  }

  #sweep(): void {
    this.#connections.sweep(this.#context.now(), this.#context.timeOfDay())
    this.#context.presence.sweep()
    this.#context.focus.sweep()
    this.#context.hub.sweep()
    this.#context.tickets.sweep()
    this.#context.sendAllowance.sweep()
  }
}
