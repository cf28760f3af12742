import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a browser gave with its subscription, base64url. */
export interface DeviceKeys {
  p256dh: string
  auth: string
}

const RECORD_BYTES = 4096
/** Marks the last record, which is the only one. */
const LAST_RECORD = Buffer.from([2])

/** As RFC 8291 says: only the device can read it. Throws when its key is no point of the curve. */
export function encrypt(text: string, { p256dh, auth }: DeviceKeys): Buffer {
  const device = Buffer.from(p256dh, 'base64url')
  const ours = createECDH('prime256v1')
  const ourPublic = ours.generateKeys()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), device, ourPublic])
  const secret = derive(ours.computeSecret(device), {
    salt: Buffer.from(auth, 'base64url'),
    info,
    bytes: 32,
  })
  const salt = randomBytes(16)
  const key = derive(secret, { salt, info: 'Content-Encoding: aes128gcm\0', bytes: 16 })
  const nonce = derive(secret, { salt, info: 'Content-Encoding: nonce\0', bytes: 12 })
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(RECORD_BYTES)
  head[4] = ourPublic.length
  return Buffer.concat([
    ...[salt, head, ourPublic],
    cipher.update(text, 'utf8'),
    cipher.update(LAST_RECORD),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

interface Derivation {
  salt: Buffer
  info: Buffer | string
  bytes: number
}

const derive = (secret: Buffer, { salt, info, bytes }: Derivation) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
