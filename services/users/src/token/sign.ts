import { randomBytes } from 'node:crypto'
import type { PublicKey } from '@chatapp/protocol'
import { ACCESS_TOKEN, keepSecret, StartError } from '@chatapp/service-kit'
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose'

export interface AccessTokens {
  publicKey: PublicKey
  sign(userId: string, sessionId: string): Promise<string>
}

/** Signs with the installation's Ed25519 key, made at the first start. */
export async function createAccessTokens(
  dataDirectory: string,
  now: () => number,
): Promise<AccessTokens> {
  const { privateKey, publicKey } = await loadKey(dataDirectory)
  const header = { alg: ACCESS_TOKEN.algorithm, typ: ACCESS_TOKEN.type, kid: publicKey.kid }
  return {
    publicKey,
    sign(userId, sessionId) {
      const issuedAt = Math.floor(now() / 1000)
      // Ed25519 is deterministic: without `jti` a pair refreshed within a second would not be new.
      return new SignJWT({ sid: sessionId, jti: randomBytes(9).toString('base64url') })
        .setProtectedHeader(header)
        .setSubject(userId)
        .setIssuer(ACCESS_TOKEN.issuer)
        .setAudience(ACCESS_TOKEN.audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_TOKEN.lifetimeSeconds)
        .sign(privateKey)
    },
  }
}

interface SigningKey {
  privateKey: CryptoKey | Uint8Array
  publicKey: PublicKey
}

async function loadKey(dataDirectory: string): Promise<SigningKey> {
  const kept = await keepSecret(dataDirectory, 'signing-key.json', generateKey)
  try {
    return await parseKey(kept)
  } catch (cause) {
    throw new StartError('secrets/signing-key.json is not an Ed25519 key; restore or remove it', {
      cause,
    })
  }
}

async function parseKey(kept: string): Promise<SigningKey> {
  const jwk: JWK = JSON.parse(kept)
  const { kty = '', crv = '', x = '' } = jwk
  const kid = await calculateJwkThumbprint({ kty, crv, x })
  const privateKey = await importJWK(jwk, ACCESS_TOKEN.algorithm)
  return { privateKey, publicKey: { kid, kty, crv, x } }
}

async function generateKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(ACCESS_TOKEN.algorithm, { extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}
