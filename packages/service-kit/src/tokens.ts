import { hash } from 'node:crypto'
import { ChatError, type PublicKey, type UsersApi } from '@chatapp/protocol'
import { importJWK, type JWTPayload, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Bus } from './bus/bus.ts'
import { EndedSessions } from './ended-sessions.ts'
import type { Logger } from './logger.ts'

/** What every access token is pinned to; a token of any other kind is refused. */
export const ACCESS_TOKEN = {
  algorithm: 'EdDSA',
  type: 'at+jwt',
  issuer: 'chatapp',
  audience: 'chatapp',
  lifetimeSeconds: 900,
} as const

/** Who is calling, as the access token proves. */
export interface Caller {
  userId: string
  sessionId: string
  /** Unix milliseconds. */
  expiresAt: number
}

export interface TokenVerifier extends AsyncDisposable {
  /** Throws `unauthenticated` for a bad, expired or revoked token. */
  verify(token: string): Promise<Caller>
  start(): Promise<void>
}

/** A verifier that also tells of sessions that end, for those who hold something of theirs open. */
export interface SessionVerifier extends TokenVerifier {
  /** For what proves a session otherwise, like a ticket. */
  hasEnded(sessionId: string): boolean
  /** Calls back once for each session that ends from now on. */
  onEnd(listener: (sessionId: string) => void): Disposable
}

interface VerifierOptions {
  users: Pick<UsersApi, 'signingKeys' | 'endedSessions'>
  bus: Bus
  log?: Logger
  now?: () => number
}

const KNOWN_TOKENS_MAX = 50_000

/** Verifies in this process: a signature once a token, then a look-up. */
export function createTokenVerifier({
  users,
  bus,
  log,
  now = Date.now,
}: VerifierOptions): SessionVerifier {
  const known = new LRUCache<string, Caller>({ max: KNOWN_TOKENS_MAX })
  const rememberMs = (ACCESS_TOKEN.lifetimeSeconds + 60) * 1000
  const ended = new EndedSessions({ users, bus, rememberMs, log })
  const keys = new Map<string, Awaited<ReturnType<typeof importJWK>>>()

  async function loadKeys() {
    for (const key of await users.signingKeys()) keys.set(key.kid, await importKey(key))
  }
  async function verifySignature(token: string): Promise<Caller> {
    const { payload } = await jwtVerify(
      token,
      async ({ kid = '' }) => {
        if (!keys.has(kid)) await loadKeys()
        return keys.get(kid) ?? refuse()
      },
      {
        algorithms: [ACCESS_TOKEN.algorithm],
        typ: ACCESS_TOKEN.type,
        issuer: ACCESS_TOKEN.issuer,
        audience: ACCESS_TOKEN.audience,
        currentDate: new Date(now()),
      },
    ).catch(refuse)
    return toCaller(payload)
  }
  return {
    async start() {
      await ended.start()
      await loadKeys()
    },
    hasEnded: (sessionId) => ended.has(sessionId),
    onEnd: (listener) => ended.onEnd(listener),
    async verify(token) {
      const key = hash('sha256', token, 'base64')
      const caller = known.get(key) ?? (await verifySignature(token))
      if (caller.expiresAt <= now() || ended.has(caller.sessionId)) refuse()
      known.set(key, caller)
      return caller
    },
    async [Symbol.asyncDispose]() {
      ended[Symbol.dispose]()
    },
  }
}

const importKey = (key: PublicKey) => importJWK({ ...key }, ACCESS_TOKEN.algorithm)

function toCaller({ sub, sid, exp }: JWTPayload): Caller {
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') return refuse()
  return { userId: sub, sessionId: sid, expiresAt: exp * 1000 }
}

function refuse(): never {
  throw new ChatError(
    'unauthenticated',
    'The access token is missing, expired, ended or not valid.',
  )
}
