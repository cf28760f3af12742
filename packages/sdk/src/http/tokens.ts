import { ChatError, type Session, type WebSession } from '@chatapp/protocol'
import type { Clock } from '../clock.ts'
import { isRetryable, isUnauthenticated } from './errors.ts'

/** A session as it is kept between visits. */
export interface SavedSession extends WebSession {
  /** Absent in a browser whose cookie has it. */
  refreshToken?: string
  /** Milliseconds since 1970, by this device's clock; `expiresIn` counts from here. */
  receivedAt: number
}

export interface TokenOptions {
  session: Session | SavedSession | undefined
  clock: Clock
  /** Null before: nobody is known to be signed in here. */
  exchange: Exchange
  /** The exchange needs no session before. */
  signsInByItself?: boolean
  onSession: (session: SavedSession | null) => void | Promise<void>
  aroundRefresh: AroundRefresh
}

export type Exchange = (before: SavedSession | null) => Promise<Session | WebSession>

/** Runs one refresh, for example under a lock that all tabs share. */
export type AroundRefresh = (refresh: () => Promise<SavedSession>) => Promise<SavedSession>

/** A token is renewed this long before its end, or a quarter of its life when that is shorter. */
const RENEW_BEFORE_MS = 60_000

/** The only place that knows how this client proves who it is. */
export class Tokens {
  #options: TokenOptions
  #session: SavedSession | null
  #refreshing: Promise<SavedSession> | null = null
  #listeners = new Set<(session: SavedSession | null) => void>()

  constructor(options: TokenOptions) {
    this.#options = options
    this.#session = options.session ? this.#received(options.session) : null
  }

  get session(): SavedSession | null {
    return this.#session
  }

  getSession(): SavedSession {
    if (this.#session) return this.#session
    throw new ChatError('unauthenticated', 'this client is not signed in')
  }

  /** Milliseconds until the access token is due for renewal; not above 0 once it is. */
  get renewInMs(): number {
    const { receivedAt, expiresIn } = this.getSession()
    const lifeMs = expiresIn * 1000
    return receivedAt + lifeMs - Math.min(RENEW_BEFORE_MS, lifeMs / 4) - this.#options.clock.now()
  }

  onChange(listener: (session: SavedSession | null) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async adopt(session: Session | WebSession | SavedSession): Promise<SavedSession> {
    const received = this.#received(session)
    await this.#become(received)
    return received
  }

  async forget(): Promise<void> {
    if (this.#session) await this.#become(null)
  }

  /** An access token that is good for now. */
  async access(): Promise<string> {
    if (!this.#session && this.#options.signsInByItself) return (await this.refresh()).accessToken
    if (this.renewInMs > 0) return this.getSession().accessToken
    try {
      return (await this.refresh()).accessToken
    } catch (error) {
      if (isRetryable(error) && !this.#hasExpired()) return this.getSession().accessToken
      throw error
    }
  }

  /** What to use in place of a token that the server refused. */
  async replace(refused: string): Promise<string> {
    const { accessToken } = this.getSession()
    return accessToken === refused ? (await this.refresh()).accessToken : accessToken
  }

  /** One at a time: the server ends a session whose refresh token it sees twice. */
  refresh(): Promise<SavedSession> {
    this.#refreshing ??= this.#options
      .aroundRefresh(() => this.#exchange())
      .then((session) => (session === this.#session ? session : this.adopt(session)))
      .finally(() => {
        this.#refreshing = null
      })
    return this.#refreshing
  }

  async #exchange(): Promise<SavedSession> {
    const before = this.#session
    try {
      const session = await this.#options.exchange(before)
      // Signed in anew or out meanwhile: what was asked for is no longer wanted.
      return this.#session === before ? await this.adopt(session) : this.getSession()
    } catch (error) {
      if (before && isUnauthenticated(error) && this.#session === before) await this.#become(null)
      throw error
    }
  }

  #hasExpired(): boolean {
    const { receivedAt, expiresIn } = this.getSession()
    return receivedAt + expiresIn * 1000 <= this.#options.clock.now()
  }

  #received(session: Session | WebSession | SavedSession): SavedSession {
    return 'receivedAt' in session ? session : { ...session, receivedAt: this.#options.clock.now() }
  }

  async #become(session: SavedSession | null): Promise<void> {
    this.#session = session
    for (const listener of [...this.#listeners]) listener(session)
    await this.#options.onSession(session)
  }
}
