import { POSITION_MAX } from '@chatapp/protocol'

/** Where a message lies: its id carries both, so no second index is needed to find it. */
export interface MessageAddress {
  conversationId: string
  position: number
}

const BYTES = 20

/** base64url of the conversation's 16 bytes and the position in 4. */
export function encodeMessageId(conversationId: string, position: number): string {
  const bytes = Buffer.allocUnsafe(BYTES)
  bytes.write(conversationId.replaceAll('-', ''), 0, 'hex')
  bytes.writeUInt32BE(position, 16)
  return bytes.toString('base64url')
}

/** Undefined for what is no message id of ours. */
export function decodeMessageId(id: string): MessageAddress | undefined {
  const bytes = Buffer.from(id, 'base64url')
  if (bytes.length !== BYTES || bytes.toString('base64url') !== id) return undefined
  const position = bytes.readUInt32BE(16)
  if (position < 1 || position > POSITION_MAX) return undefined
  const hex = bytes.toString('hex', 0, 16)
  const conversationId = [8, 12, 16, 20, 32]
    .map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end))
    .join('-')
  return { conversationId, position }
}
