import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { PublicKey } from '@chatapp/protocol'
import { z } from 'zod'

export interface SigningKey {
  privateKey: KeyObject
  publicKey: PublicKey
}

/** Undefined when one of them is no Ed25519 private key. */
export function parseSigningKeys(text: string): SigningKey[] | undefined {
  try {
    return toTexts(text).map(parseSigningKey)
  } catch {
    return undefined
  }
}

/** As it is kept in the data directory. */
export function generateSigningKey(): string {
  return JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
}

const jwkSchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
})

/** JWKs have commas of their own, so several of them are read as the items of a list. */
function toTexts(text: string): string[] {
  if (!text.trimStart().startsWith('{')) return text.split(',').map((part) => part.trim())
  return z
    .array(z.unknown())
    .parse(JSON.parse(`[${text}]`))
    .map((jwk) => JSON.stringify(jwk))
}

function parseSigningKey(text: string): SigningKey {
  const privateKey = text.startsWith('{')
    ? createPrivateKey({ key: jwkSchema.parse(JSON.parse(text)), format: 'jwk' })
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  // The public half follows from the private one, whatever a JWK says of it.
  const { kty, crv, x } = jwkSchema.parse(privateKey.export({ format: 'jwk' }))
  return { privateKey, publicKey: { kid: thumbprint(x), kty, crv, x } }
}

/** RFC 7638, with the members that RFC 8037 names. */
function thumbprint(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url')
}
