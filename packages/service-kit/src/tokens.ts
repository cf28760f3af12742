import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChatError, type PublicKey, type UsersApi } from '@chatapp/protocol'
import { importJWK, type JWTPayload, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Bus } from './bus/bus.ts'
import { EndedSessions } from './ended-sessions.ts'
import type { Logger } from './logger.ts'
import { toStorageError } from './postgres/errors.ts'

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
  log: Logger
  now?: () => number
}

const KNOWN_TOKENS_MAX = 50_000
/** The tokens of an ended session are refused for as long as they would have lived. */
const REMEMBER_ENDED_MS = (ACCESS_TOKEN.lifetimeSeconds + 60) * 1000
/** Between looks at the keys for one that we do not know: tokens of strangers name any. */
const KEYS_PAUSE_MS = 1_000
/** So long a key is believed that its service no longer names. */
const REFRESH_KEYS_EVERY_MS = 60_000

type Key = Awaited<ReturnType<typeof importJWK>>

/** Verifies in this process: a signature once a token, then a look-up. */
export function createTokenVerifier(options: VerifierOptions): SessionVerifier {
  return new Verifier(options)
}

class Verifier implements SessionVerifier {
  readonly #options: VerifierOptions
  readonly #now: () => number
  readonly #known = new LRUCache<string, Caller>({ max: KNOWN_TOKENS_MAX })
  readonly #ended: EndedSessions
  #keys = new Map<string, Key>()
  #keysLoadedAt = -Infinity
  #loadingKeys: Promise<void> | undefined
  #state: 'starting' | 'started' = 'starting'
  #refreshing: NodeJS.Timeout | undefined

  constructor(options: VerifierOptions) {
    const { users, bus, log, now = Date.now } = options
    this.#options = options
    this.#now = now
    this.#ended = new EndedSessions({ users, bus, log, rememberMs: REMEMBER_ENDED_MS })
  }

  async start(): Promise<void> {
    if (this.#state === 'started') return
    await this.#loadKeys()
    await this.#ended.start()
    this.#state = 'started'
    this.#refreshing = setInterval(() => void this.#refreshKeys(), REFRESH_KEYS_EVERY_MS)
    this.#refreshing.unref()
  }

  hasEnded = (sessionId: string): boolean => this.#ended.has(sessionId)

  onEnd: SessionVerifier['onEnd'] = (listener) => this.#ended.onEnd(listener)

  async verify(token: string): Promise<Caller> {
    // Without the list of ended sessions we would believe in one of them.
    if (this.#state === 'starting')
      throw new ChatError('overloaded', 'ChatApp is still starting.', { retryAfter: 1 })
    const key = hash('sha256', token, 'base64')
    const caller = this.#known.get(key) ?? (await this.#verifySignature(token))
    if (caller.expiresAt <= this.#now() || this.#ended.has(caller.sessionId)) refuse()
    this.#known.set(key, caller)
    return caller
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#refreshing)
    this.#ended[Symbol.dispose]()
  }

  async #verifySignature(token: string): Promise<Caller> {
    try {
      const { payload } = await jwtVerify(token, ({ kid = '' }) => this.#keyOf(kid), {
        algorithms: [ACCESS_TOKEN.algorithm],
        typ: ACCESS_TOKEN.type,
        issuer: ACCESS_TOKEN.issuer,
        audience: ACCESS_TOKEN.audience,
        currentDate: new Date(this.#now()),
      })
      return toCaller(payload)
    } catch (error) {
      const shown = toStorageError(error)
      throw shown instanceof ChatError ? shown : refusal()
    }
  }

  async #keyOf(kid: string) {
    if (!this.#keys.has(kid)) {
      this.#loadingKeys ??= this.#loadKeysAgain()
      await this.#loadingKeys
    }
    return this.#keys.get(kid) ?? refuse()
  }

  async #loadKeysAgain(): Promise<void> {
    try {
      const waited = performance.now() - this.#keysLoadedAt
      if (waited < KEYS_PAUSE_MS) await sleep(KEYS_PAUSE_MS - waited, undefined, { ref: false })
      await this.#loadKeys()
    } finally {
      this.#loadingKeys = undefined
    }
  }

  async #loadKeys(): Promise<void> {
    const keys = new Map<string, Key>()
    for (const key of await this.#options.users.signingKeys())
      keys.set(key.kid, await importKey(key))
    this.#keys = keys
    this.#keysLoadedAt = performance.now()
  }

  async #refreshKeys(): Promise<void> {
    try {
      await this.#loadKeys()
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the signing keys could not be asked for')
    }
  }
}

const importKey = (key: PublicKey) => importJWK({ ...key }, ACCESS_TOKEN.algorithm)

function toCaller({ sub, sid, exp }: JWTPayload): Caller {
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') return refuse()
  return { userId: sub, sessionId: sid, expiresAt: exp * 1000 }
}

function refuse(): never {
  throw refusal()
}

function refusal(): ChatError {
  return new ChatError(
    'unauthenticated',
    'The access token is missing, expired, ended or not valid.',
  )
}
