import { randomBytes } from 'node:crypto'
import { ACCESS_TOKEN, keepSecret, StartError } from '@chatapp/service-kit'
import { SignJWT } from 'jose'
import { generateSigningKey, parseSigningKeys, type SigningKey } from './signing-key.ts'

export interface AccessTokens {
  /** Those that this process knows; the first one signs. */
  keys: SigningKey[]
  sign(userId: string, sessionId: string): Promise<string>
}

interface AccessTokensOptions {
  /** None: the data directory has one, or gets it now. */
  given: SigningKey[]
  dataDirectory: string
  now: () => number
}

/** Signs with an Ed25519 key: one that was given, or that of the data directory. */
export async function createAccessTokens({
  given,
  dataDirectory,
  now,
}: AccessTokensOptions): Promise<AccessTokens> {
  const keys = given.length > 0 ? given : await loadKeys(dataDirectory)
  const [first] = keys
  if (!first) throw new Error('there is no key to sign with')
  const { privateKey, publicKey } = first
  const header = { alg: ACCESS_TOKEN.algorithm, typ: ACCESS_TOKEN.type, kid: publicKey.kid }
  return {
    keys,
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

async function loadKeys(dataDirectory: string): Promise<SigningKey[]> {
  const kept = await keepSecret(dataDirectory, 'signing-key.json', generateSigningKey)
  const keys = parseSigningKeys(kept)
  if (keys) return keys
  throw new StartError('secrets/signing-key.json is not an Ed25519 key; restore or remove it')
}
