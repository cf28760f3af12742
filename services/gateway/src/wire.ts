import type { ChatError, OutboundFrame } from '@chatapp/protocol'

const FINAL_TEXT_FRAME = 0x81
const LENGTH_IN_2_BYTES = 126
const LENGTH_IN_8_BYTES = 127

/** One buffer with each text as an unmasked WebSocket text frame, ready for any number of sockets. */
export function encodeFrames(texts: string[]): Buffer {
  const lengths: number[] = []
  let size = 0
  for (const text of texts) {
    const length = Buffer.byteLength(text)
    lengths.push(length)
    size += headerBytes(length) + length
  }
  const frames = Buffer.allocUnsafe(size)
  let at = 0
  for (const [i, text] of texts.entries()) {
    at = writeHeader(frames, at, lengths[i] ?? 0)
    at += frames.write(text, at, 'utf8')
  }
  return frames
}

export const encodeFrame = (frame: OutboundFrame) => encodeFrames([JSON.stringify(frame)])

export function errorFrame(error: ChatError, clientId?: string): OutboundFrame {
  return {
    type: 'error',
    code: error.code,
    message: error.message,
    retryable: error.isRetryable,
    ...(clientId !== undefined && { clientId }),
    ...(error.errors && { errors: error.errors }),
  }
}

function headerBytes(length: number): number {
  if (length < LENGTH_IN_2_BYTES) return 2
  return length < 65_536 ? 4 : 10
}

function writeHeader(frames: Buffer, at: number, length: number): number {
  frames[at] = FINAL_TEXT_FRAME
  if (length < LENGTH_IN_2_BYTES) {
    frames[at + 1] = length
    return at + 2
  }
  if (length < 65_536) {
    frames[at + 1] = LENGTH_IN_2_BYTES
    return frames.writeUInt16BE(length, at + 2)
  }
  frames[at + 1] = LENGTH_IN_8_BYTES
  return frames.writeBigUInt64BE(BigInt(length), at + 2)
}
