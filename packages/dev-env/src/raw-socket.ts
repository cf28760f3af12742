import type { FrameOf, OutboundFrame } from '@chatapp/protocol'
import { settle } from './settle.ts'

type FrameType = OutboundFrame['type']

/** A WebSocket without the SDK, for what a well-behaved client never does. */
export interface RawSocket extends AsyncDisposable {
  /** Everything received, in order. */
  frames: OutboundFrame[]
  /** Objects go as JSON, texts and bytes as they are. */
  send(frame: object | string | Uint8Array<ArrayBuffer>): void
  /** The first frame of the type that passes, now or later. */
  next<T extends FrameType>(type: T, test?: (frame: FrameOf<T>) => boolean): Promise<FrameOf<T>>
  /** Resolves to the close code, also when the upgrade was refused (1006). */
  closed: Promise<number>
}

/** Opens `/ws` with the token as subprotocol; without one, with none. */
export function rawSocket(url: string, accessToken?: string): RawSocket {
  const protocols = accessToken === undefined ? [] : ['chatapp', `bearer.${accessToken}`]
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, protocols)
  const frames: OutboundFrame[] = []
  const opened = Promise.withResolvers<void>()
  const { promise: closed, resolve } = Promise.withResolvers<number>()
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => opened.resolve())
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))))
  socket.addEventListener('close', ({ code }) => resolve(code))
  return {
    frames,
    closed,
    send(frame) {
      const isRaw = typeof frame === 'string' || frame instanceof Uint8Array
      void opened.promise.then(() => socket.send(isRaw ? frame : JSON.stringify(frame)))
    },
    next<T extends FrameType>(type: T, test = (_: FrameOf<T>) => true) {
      const isOf = (frame: OutboundFrame): frame is FrameOf<T> => frame.type === type
      return settle(`a frame "${type}"`, () => frames.filter(isOf).find(test))
    },
    async [Symbol.asyncDispose]() {
      socket.close()
      await closed
    },
  }
}
