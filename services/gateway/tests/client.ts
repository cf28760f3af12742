import { vi } from 'vitest'
import type { WebSocket } from 'ws'

export interface Frame {
  type: string
  [field: string]: unknown
}

/** A socket as a program of somebody else would open it. */
export class Client {
  readonly ws: WebSocket
  readonly frames: Frame[] = []
  closed: { code: number; reason: string } | undefined
  #read = 0

  constructor(ws: WebSocket) {
    this.ws = ws
    ws.on('message', (data) => this.frames.push(JSON.parse(String(data))))
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) }
    })
    ws.on('error', () => undefined)
  }

  send(frame: unknown): void {
    this.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** The next frame of this type, passing over others. */
  async next(type: string): Promise<Frame> {
    return vi.waitFor(() => {
      for (let i = this.#read; i < this.frames.length; i++) {
        const frame = this.frames[i]
        if (frame?.type !== type) continue
        this.#read = i + 1
        return frame
      }
      throw new Error(`no ${type} in ${JSON.stringify(this.frames.slice(-5))}`)
    }, WAITING)
  }

  /** Resolves when everything that was under way to this socket has come. */
  async settled(): Promise<void> {
    const pongs = this.ofType('pong').length
    this.send({ type: 'ping' })
    await vi.waitFor(() => {
      if (this.ofType('pong').length === pongs) throw new Error('no pong')
    }, WAITING)
  }

  async end(): Promise<{ code: number; reason: string }> {
    return vi.waitFor(() => {
      if (!this.closed) throw new Error('still open')
      return this.closed
    }, WAITING)
  }

  ofType(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type)
  }
}

export const WAITING = { timeout: 10_000, interval: 5 }
