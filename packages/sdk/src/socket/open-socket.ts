import { type InboundFrameInput, type OutboundFrame, outboundFrameSchema } from '@chatapp/protocol'

export interface SocketOptions {
  /** Of the server: `https://chat.example.com`. */
  url: string
  /** An access token, or a ticket from `POST /api/ws-ticket`. */
  credential: { accessToken: string } | { ticket: string }
  onFrame: (frame: OutboundFrame) => void
  /** Something that is no frame of this protocol version; ignored when absent. */
  onForeign?: (data: unknown) => void
  WebSocket?: typeof WebSocket
}

/** Why a socket is closed. 1006: no closing handshake, or the upgrade was refused. */
export interface Closed {
  code: number
  reason: string
}

/** One WebSocket that speaks frames; it neither reconnects nor retries. */
export interface ChatSocket extends AsyncDisposable {
  /** False when the socket is not open: nothing was sent then. */
  send(frame: InboundFrameInput): boolean
  /** Closes with a handshake; `code` 1000 or 3000–4999. */
  close(code?: number, reason?: string): Promise<Closed>
  /** Gives the socket up at once, as if it had closed with this code. */
  drop(code: number, reason: string): void
  readonly closed: Promise<Closed>
}

const NORMAL_CLOSURE = 1000

/**
 * Opens a WebSocket. The first frame is `welcome`; `closed` resolves when there will be no more.
 *
 * @example
 * const socket = openSocket({ url, credential: { accessToken }, onFrame: console.log })
 * socket.send({ type: 'ping' })
 */
export function openSocket(options: SocketOptions): ChatSocket {
  const { promise: closed, resolve } = Promise.withResolvers<Closed>()
  const Socket = options.WebSocket ?? WebSocket
  const socket = new Socket(socketUrl(options), protocolsOf(options))
  const listening = new AbortController()
  const finish = (end: Closed) => {
    listening.abort()
    resolve(end)
  }
  const { signal } = listening
  socket.addEventListener('message', ({ data }) => receive(data, options), { signal })
  socket.addEventListener('close', ({ code, reason }) => finish({ code, reason }), { signal })
  const close = (code: number = NORMAL_CLOSURE, reason = '') => {
    socket.close(code, reason)
    return closed
  }
  return {
    closed,
    close,
    send(frame) {
      if (socket.readyState !== Socket.OPEN) return false
      socket.send(JSON.stringify(frame))
      return true
    },
    drop(code, reason) {
      finish({ code, reason })
      socket.close()
    },
    [Symbol.asyncDispose]: async () => void (await close()),
  }
}

function socketUrl({ url, credential }: SocketOptions): string {
  const address = `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/ws`
  return 'ticket' in credential
    ? `${address}?ticket=${encodeURIComponent(credential.ticket)}`
    : address
}

/** Browsers cannot set headers on a WebSocket, so the token travels as a subprotocol. */
function protocolsOf({ credential }: SocketOptions): string[] {
  return 'ticket' in credential ? ['chatapp'] : ['chatapp', `bearer.${credential.accessToken}`]
}

function receive(data: unknown, options: SocketOptions): void {
  const frame = outboundFrameSchema.safeParse(jsonOf(data))
  if (frame.success) options.onFrame(frame.data)
  else options.onForeign?.(data)
}

function jsonOf(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined
  } catch {
    return undefined
  }
}
