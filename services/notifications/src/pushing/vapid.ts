import { createPrivateKey, sign } from 'node:crypto'
import type { VapidKeys } from '../vapid-keys.ts'

/** RFC 8292 allows a day. */
const VALID_FOR_MS = 12 * 3_600_000
const RENEW_BEFORE_MS = 3_600_000
const ORIGINS_MAX = 1_000

interface Signing {
  keys: VapidKeys
  contact: string | undefined
  now: () => number
}

/** The authorization for a push service by its origin, signed once for half a day. */
export function createVapid({ keys, contact, now }: Signing): (origin: string) => string {
  const key = importKey(keys)
  const known = new Map<string, { header: string; until: number }>()
  return (origin) => {
    const kept = known.get(origin)
    if (kept && kept.until - RENEW_BEFORE_MS > now()) return kept.header
    const until = now() + VALID_FOR_MS
    const claims = { aud: origin, exp: Math.floor(until / 1000), ...(contact && { sub: contact }) }
    const text = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode(claims)}`
    const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
    const header = `vapid t=${text}.${signature.toString('base64url')}, k=${keys.publicKey}`
    if (known.size >= ORIGINS_MAX) known.clear()
    known.set(origin, { header, until })
    return header
  }
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

function importKey({ publicKey, privateKey }: VapidKeys) {
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    half.toString('base64url'),
  )
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x, y, d: privateKey },
  })
}
