import { BODY_MAX_BYTES, CLOSE } from '@chatapp/protocol'
import { type Server, WebSocket, WebSocketServer } from 'ws'

/** Who is not answered to a close within this time is cut off. */
const CLOSE_TIMEOUT_MS = 5000
/** A frame of 64 KiB in small packets; more pieces are only made to be costly. */
const PIECES_MAX = 4096
const WS_TOO_LARGE = 1009

export interface SocketOwner {
  receive(data: Buffer, isBinary: boolean): void
  answerPing(data: Buffer): void
  hear(): void
  gone(code: number): void
}

/** A WebSocket that tells its events to the one whom it belongs to. */
export class ChatSocket extends WebSocket {
  owner: SocketOwner | undefined

  /** `ws` closes by itself when a frame is too large; the code that we promise is another one. */
  override close(code?: number, reason?: string | Buffer): void {
    if (code === WS_TOO_LARGE) super.close(CLOSE.tooLarge.code, CLOSE.tooLarge.reason)
    else super.close(code, reason)
  }

  /** Straight to the owner: a table of listeners for every socket is a fifth of its memory. */
  override emit(event: string | symbol, ...[data, isBinary]: unknown[]): boolean {
    switch (event) {
      case 'message':
        // With the default binaryType every message comes as one Buffer.
        this.owner?.receive(data as Buffer, isBinary === true)
        break
      case 'ping':
        this.owner?.answerPing(data as Buffer)
        break
      case 'pong':
        this.owner?.hear()
        break
      case 'close':
        this.owner?.gone(data as number)
        break
    }
    return true
  }
}

export function createSocketServer(): Server<typeof ChatSocket> {
  const options = {
    noServer: true,
    WebSocket: ChatSocket,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: BODY_MAX_BYTES,
    maxFragments: PIECES_MAX,
    maxBufferedChunks: PIECES_MAX,
    closeTimeout: CLOSE_TIMEOUT_MS,
    handleProtocols: (offered: Set<string>) => offered.has('chatapp') && ('chatapp' as const),
  }
  return new WebSocketServer(options)
}
