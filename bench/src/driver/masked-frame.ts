import { randomFillSync } from 'node:crypto'

export const TEXT = 0x1
export const CLOSE = 0x8
export const PING = 0x9
export const PONG = 0xa

const FINAL = 0x80
const MASKED = 0x80
/** Not zero, which some servers need not undo. */
const MASK = randomFillSync(Buffer.alloc(4), 0, 4)

/** A frame as a client has to send it. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  if (length > 65_535) throw new Error('the driver sends no frame above 64 KiB')
  const header = length < 126 ? 2 : 4
  const frame = Buffer.allocUnsafe(header + 4 + length)
  frame[0] = FINAL | opcode
  frame[1] = MASKED | (length < 126 ? length : 126)
  if (header === 4) frame.writeUInt16BE(length, 2)
  MASK.copy(frame, header)
  const start = header + 4
  for (let i = 0; i < length; i++) frame[start + i] = (payload[i] ?? 0) ^ (MASK[i & 3] ?? 0)
  return frame
}
