import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { FrameWalker } from './frame-walker.ts'
import { CLOSE, maskedFrame, PING, PONG } from './masked-frame.ts'
import { findStart, readPosition } from './message-frame.ts'

export interface Address {
  host: string
  port: number
}

/** What all clients of a fleet have received together. */
export interface Totals {
  messages: number
  acks: number
  bytes: number
  reads: number
}

export interface ClientOptions {
  address: Address
  token: string
  totals: Totals
  /** Whether messages have positions that can be followed. */
  order: 'followed' | 'ignored'
}

/** One read at a time happens in this thread, so all sockets can read into the same memory. */
const readInto = Buffer.allocUnsafe(256 * 1024)
/** The letter after `{"type":"` tells the frames that matter here apart. */
const KIND_AT = 9
const [MESSAGE, ACK, WELCOME, ERROR, SYNCED] = [...'mawes'].map((letter) => letter.charCodeAt(0))

/**
 * A WebSocket client that only counts: it looks at the headers of frames and at a few bytes of
 * their text, and neither copies nor parses them.
 */
export class Client {
  messages = 0
  acks = 0
  /** Messages whose position was not the one after the last. */
  outOfOrder = 0
  /** The first error frame or the reason why the socket ended. */
  failure: string | undefined
  onAck: (() => void) | undefined
  onSynced: (() => void) | undefined
  onEnd: ((why: string) => void) | undefined
  onMessage: ((bytes: Buffer, start: number) => void) | undefined
  readonly welcomed: Promise<void>
  readonly #totals: Totals
  readonly #order: ClientOptions['order']
  readonly #socket: Socket
  readonly #walker = new FrameWalker({
    onText: (bytes, start, end) => this.#onText(bytes, start, end),
    onControl: (opcode, payload) => this.#onControl(opcode, payload),
  })
  #state: 'upgrading' | 'open' | 'closed' = 'upgrading'
  #head = ''
  #position = 0
  #start = 0
  #welcome: () => void = () => {}
  #refuse: (error: Error) => void = () => {}

  constructor({ address, token, totals, order }: ClientOptions) {
    this.#totals = totals
    this.#order = order
    this.welcomed = new Promise((resolve, reject) => {
      this.#welcome = resolve
      this.#refuse = reject
    })
    const callback = (length: number) => this.#read(readInto.subarray(0, length))
    this.#socket = connect({ ...address, noDelay: true, onread: { buffer: readInto, callback } })
    this.#socket.on('error', (error) => this.#end(error.message))
    this.#socket.on('close', () => this.#end('the server closed the socket'))
    this.#socket.write(upgradeRequest(address, token))
  }

  send(frame: Buffer): void {
    this.#socket.write(frame)
  }

  close(): void {
    this.#state = 'closed'
    this.#socket.destroy()
  }

  #read(chunk: Buffer): boolean {
    this.#totals.reads++
    this.#totals.bytes += chunk.length
    if (this.#state === 'upgrading') this.#readHead(chunk)
    else this.#walker.walk(chunk)
    return true
  }

  #readHead(chunk: Buffer): void {
    const before = this.#head.length
    this.#head += chunk.toString('latin1')
    const end = this.#head.indexOf('\r\n\r\n')
    if (end < 0) return
    if (!this.#head.startsWith('HTTP/1.1 101')) {
      this.#end(this.#head.slice(0, 300))
      return
    }
    this.#state = 'open'
    this.#head = ''
    this.#walker.walk(chunk.subarray(end + 4 - before))
  }

  #onControl(opcode: number, payload: Buffer): void {
    if (opcode === PING) this.send(maskedFrame(PONG, payload))
    if (opcode === CLOSE) this.#end(`closed: ${payload.toString('utf8', 2)}`)
  }

  #onText(bytes: Buffer, start: number, end: number): void {
    switch (bytes[start + KIND_AT]) {
      case MESSAGE:
        this.messages++
        this.#totals.messages++
        if (this.#order === 'followed') this.#follow(bytes, start)
        this.onMessage?.(bytes, start)
        break
      case ACK:
        this.acks++
        this.#totals.acks++
        this.onAck?.()
        break
      case WELCOME:
        this.#welcome()
        break
      case SYNCED:
        this.onSynced?.()
        break
      case ERROR:
        this.#end(bytes.toString('utf8', start, end))
        break
      default:
      // Presence and the like are of no interest here.
    }
  }

  #follow(bytes: Buffer, start: number): void {
    if (this.#start === 0) this.#start = findStart(bytes.subarray(start))
    const position = readPosition(bytes, start + this.#start)
    if (this.#position > 0 && position !== this.#position + 1) this.outOfOrder++
    this.#position = position
  }

  #end(why: string): void {
    if (this.#state === 'closed') return
    this.failure ??= why
    this.onEnd?.(why)
    this.#refuse(new Error(why))
  }
}

function upgradeRequest({ host, port }: Address, token: string): string {
  return [
    'GET /ws HTTP/1.1',
    `Host: ${host}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Authorization: Bearer ${token}`,
    '\r\n',
  ].join('\r\n')
}
