import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { ChatError } from '@chatapp/protocol'
import { toChatError } from '@chatapp/service-kit'
import type { Arrival, Context } from '../context.ts'
import type { Admission, Guest } from './admission.ts'
import { authenticate } from './authenticate.ts'
import { type ChatSocket, createSocketServer } from './chat-socket.ts'
import { Connection } from './connection.ts'
import type { Connections } from './connections.ts'
import { checkOrigin } from './origin.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'

interface UpgradeOptions {
  context: Context
  admission: Admission
  connections: Connections
  handle: (connection: Connection, data: Buffer, isBinary: boolean) => void
}

interface Upgrade {
  request: IncomingMessage
  socket: Socket
  head: Buffer
}

/** Lets people in: checks them, prepares their place, and only then opens the socket. */
export class Entrance {
  readonly #options: UpgradeOptions
  readonly #server = createSocketServer()

  constructor(options: UpgradeOptions) {
    this.#options = options
    this.#server.on('wsClientError', (error, socket) => {
      refuseUpgrade(socket, new ChatError('invalid', `${error.message}.`))
    })
  }

  handle = (upgrade: Upgrade): void => {
    // Without a listener a reset by the client would end the process.
    upgrade.socket.on('error', ignore)
    this.#admit(upgrade).catch((error: unknown) => {
      const shown = toChatError(error)
      if (shown.code === 'internal')
        this.#options.context.log.error({ err: error }, 'upgrade failed')
      refuseUpgrade(upgrade.socket, shown)
    })
  }

  async #admit(upgrade: Upgrade): Promise<void> {
    const { context, admission } = this.#options
    const { request } = upgrade
    checkPath(request)
    this.#checkDraining()
    checkOrigin(request.headers, context.config)
    const address = admission.addressOf(request)
    await admission.knock(address)
    const guest = { address, caller: await authenticate(context, request) }
    admission.enter(guest)
    try {
      this.#open(upgrade, guest, await context.hub.arrive(guest.caller.userId))
    } catch (error) {
      admission.leave(guest)
      throw error
    }
  }

  #checkDraining(): void {
    if (this.#options.connections.isDraining)
      throw new ChatError('overloaded', 'This server is about to stop.', { retryAfter: 1 })
  }

  /** Nothing is awaited in here, so no change of the user's rooms can slip in between. */
  #open({ request, socket, head }: Upgrade, guest: Guest, arrival: Arrival): void {
    let state: 'waiting' | 'seated' = 'waiting'
    try {
      this.#checkDraining()
      if (!this.#options.admission.arrive(guest))
        throw new ChatError('unauthenticated', 'The session has ended.')
      this.#server.handleUpgrade(request, socket, head, (ws) => {
        state = 'seated'
        socket.off('error', ignore)
        this.#seat({ ws, socket, guest, arrival })
      })
    } finally {
      if (state === 'waiting') arrival.abandon()
    }
    if (state === 'waiting') this.#options.admission.leave(guest)
  }

  #seat({
    ws,
    socket,
    guest,
    arrival,
  }: {
    ws: ChatSocket
    socket: Socket
    guest: Guest
    arrival: Arrival
  }): void {
    const { context, connections, handle } = this.#options
    const connection = new Connection({ context, ws, socket, guest, handle, onGone: this.#onGone })
    ws.owner = connection
    connections.add(connection)
    connection.welcome()
    arrival.seat(connection.outlet)
    context.presence.arrive(connection.userId)
  }

  #onGone = (connection: Connection): void => {
    this.#options.connections.remove(connection)
    this.#options.admission.leave(connection.guest)
  }
}

/** Other upgrades, like to HTTP/2, are offers that may be passed over; those requests go on. */
export function isWebSocketRequest({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
}

function checkPath(request: IncomingMessage): void {
  if (!/^\/ws\/?(\?|$)/.test(request.url ?? ''))
    throw new ChatError('not-found', 'There is no WebSocket at this path.')
}

function ignore(): void {}
