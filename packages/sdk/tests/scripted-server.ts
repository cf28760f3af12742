import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { InboundFrameInput, OutboundFrame, SyncAnswer, SyncCursors } from '@chatapp/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import { ackFrame, aSession, aSyncAnswer, welcomeFrame } from './examples.ts'

export interface Answered {
  status: number
  body?: unknown
  headers?: Record<string, string>
}
type Route = (body: unknown, request: IncomingMessage) => Answered | Promise<Answered>

/** A server that speaks the protocol and does what the test tells it to. */
export class ScriptedServer implements AsyncDisposable {
  readonly sockets = new Set<WebSocket>()
  readonly received: InboundFrameInput[] = []
  readonly synced: SyncCursors[] = []
  readonly tokens: string[] = []
  /** The one access token that is good; null: any. */
  goodToken: string | null = null
  refreshes = 0
  upgrades = 0
  onSync: (cursors: SyncCursors) => SyncAnswer = () => aSyncAnswer()
  onFrame: (frame: InboundFrameInput, socket: WebSocket) => void = () => {}
  readonly routes: Record<string, Route> = {
    'POST /api/messages/sync': (body) => {
      const { conversations } = body as { conversations: SyncCursors }
      this.synced.push(conversations)
      return { status: 200, body: this.onSync(conversations) }
    },
    'POST /api/users/refresh': () => {
      this.refreshes++
      this.goodToken = `access.${this.refreshes + 1}`
      return { status: 200, body: aSession(this.refreshes + 1) }
    },
    'GET /api/user': () => ({ status: 200, body: aSession().user }),
  }
  #http = createServer((request, response) => void this.#answer(request, response))
  #ws = new WebSocketServer({ noServer: true, handleProtocols: () => 'chatapp' })

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer()
    server.#http.on('upgrade', (request, socket, head) => {
      server.upgrades++
      const token = request.headers['sec-websocket-protocol']?.split('bearer.')[1] ?? ''
      if (!server.#isGood(token)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
        return
      }
      server.tokens.push(token)
      server.#ws.handleUpgrade(request, socket, head, (ws) => server.#accept(ws))
    })
    server.#http.listen(0, '127.0.0.1')
    await once(server.#http, 'listening')
    return server
  }

  get url(): string {
    // A server that listens on TCP has such an address.
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  send(...frames: OutboundFrame[]): void {
    for (const socket of this.sockets) {
      for (const frame of frames) socket.send(JSON.stringify(frame))
    }
  }

  closeSockets(code: number): void {
    for (const socket of this.sockets) socket.close(code)
  }

  /** Cuts the wires, without any closing handshake. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate()
  }

  framesOf<T extends InboundFrameInput['type']>(type: T) {
    return this.received.filter(
      (frame): frame is Extract<InboundFrameInput, { type: T }> => frame.type === type,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#http.closeAllConnections()
    this.#http.close()
    await once(this.#http, 'close')
  }

  #isGood(token: string): boolean {
    return this.goodToken === null || this.goodToken === token
  }

  #accept(socket: WebSocket): void {
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as InboundFrameInput
      this.received.push(frame)
      this.onFrame(frame, socket)
    })
    socket.send(JSON.stringify(welcomeFrame()))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const route = this.routes[`${request.method} ${request.url?.split('?')[0]}`]
    const token = request.headers.authorization?.slice('Bearer '.length)
    const answered =
      token !== undefined && !this.#isGood(token)
        ? problem(401, 'unauthenticated')
        : await (route?.(text ? JSON.parse(text) : undefined, request) ?? problem(404, 'not-found'))
    response.writeHead(answered.status, { 'content-type': 'application/json', ...answered.headers })
    response.end(answered.body === undefined ? undefined : JSON.stringify(answered.body))
  }
}

export function problem(status: number, code: string, headers = {}): Answered {
  const body = { type: 'about:blank', title: code, status, code, detail: code, requestId: 'req-1' }
  return { status, body, headers }
}

/** Acknowledges every message, at positions from 1. */
export function acknowledging() {
  const positions = new Map<string, number>()
  return (frame: InboundFrameInput, socket: WebSocket) => {
    if (frame.type !== 'message' || !frame.clientId) return
    const position = positions.get(frame.clientId) ?? positions.size + 1
    positions.set(frame.clientId, position)
    socket.send(JSON.stringify(ackFrame(frame.clientId, position)))
  }
}
