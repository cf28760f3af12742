import { CLOSE, type FrameOf, type InboundFrameInput } from '@chatapp/protocol'
import { pause } from '../clock.ts'
import { askedPauseMs, isUnauthenticated } from '../http/errors.ts'
import { type Ending, type HeldSocket, type HoldOptions, holdSocket } from './hold-socket.ts'
import type { ChatSocket } from './open-socket.ts'
import { planAfter, type Tries } from './retry-plan.ts'
import type { ConnectionState } from './state.ts'

export interface LinkOptions extends Omit<HoldOptions, 'onWelcome'> {
  random: () => number
  /** A cheap authenticated request: tells a refused token from a server that is away. */
  probe: (signal: AbortSignal) => Promise<unknown>
  onState: (state: ConnectionState) => void
  onWelcome: (frame: FrameOf<'welcome'>, signal: AbortSignal) => void
  onDown: () => void
}

/** A connection that held this long starts the back-off anew. */
const STABLE_AFTER_MS = 10_000
/** How long `close()` waits for the closing handshake. */
const CLOSING_TIMEOUT_MS = 2_000
const ABNORMAL_CLOSURE = 1006
const FIRST_TRY: Tries = { attempt: 0, hasRefreshed: false }

/** The chain of sockets under a connection: one at a time, the next after a fitting pause. */
export class Link {
  #options: LinkOptions
  #state: ConnectionState = { kind: 'connecting', attempt: 0 }
  #held: HeldSocket | null = null
  #welcomed: ChatSocket | null = null
  #closing = new AbortController()
  /** Aborts when somebody is in a hurry: no attempt and no pause goes on then. */
  #patience = new AbortController()
  #isNetworkLost = false
  #running: Promise<void> = Promise.resolve()

  constructor(options: LinkOptions) {
    this.#options = options
  }

  get state(): ConnectionState {
    return this.#state
  }

  start(): void {
    this.#running = this.#run()
  }

  /** False when there is no open socket: nothing was sent then. */
  send(frame: InboundFrameInput): boolean {
    return this.#welcomed?.send(frame) ?? false
  }

  /** Says that everything missed has been fetched. */
  caughtUp({ userId, sessionId }: FrameOf<'welcome'>): void {
    this.#become({ kind: 'online', userId, sessionId })
  }

  /** Begins a new try, in place of a pause or one that hangs; an open socket is put to the test. */
  retryNow(): void {
    if (this.#welcomed) {
      this.#held?.checkNow()
      return
    }
    this.#patience.abort()
    this.drop('another try')
  }

  /** Gives the socket up; a new one follows once a request has found a way to the server. */
  networkLost(): void {
    this.#isNetworkLost = true
    this.drop('network lost')
  }

  /** Gives the socket up; a new one follows. */
  drop(reason: string): void {
    this.#held?.socket.drop(CLOSE.noHeartbeat.code, reason)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#patience.abort()
    void this.#held?.socket.close()
    const impatience = this.#options.clock.after(CLOSING_TIMEOUT_MS, () => this.drop('closing'))
    await this.#running
    impatience.cancel()
  }

  async #run(): Promise<void> {
    let tries = FIRST_TRY
    let last: Ending | null = null
    while (!this.#closing.signal.aborted) {
      this.#become({ kind: 'connecting', attempt: tries.attempt })
      const attempt: Attempt = await this.#attempt(last)
      if (this.#closing.signal.aborted) break
      if (attempt.kind === 'signed-out') return this.#end('unauthenticated', last)
      const { ending } = attempt
      if ((ending.heldMs ?? 0) >= STABLE_AFTER_MS) tries = FIRST_TRY
      const plan = planAfter(ending, tries, this.#options.random)
      if (plan.kind === 'end') return this.#end(plan.why, ending)
      if (plan.kind === 'retry') await this.#rest(ending, Math.max(plan.afterMs, attempt.pauseMs))
      const hasRefreshed = tries.hasRefreshed || plan.kind === 'refresh'
      const attempts = this.#patience.signal.aborted ? 0 : tries.attempt + 1
      tries = { attempt: attempts, hasRefreshed }
      last = ending
      this.#patience = new AbortController()
    }
    this.#end('closed', null)
  }

  /** One socket from its token to its close. */
  async #attempt(last: Ending | null): Promise<Attempt> {
    try {
      const accessToken = await orAborted(this.#accessToken(last), this.#patience.signal)
      if (accessToken === null) return noAnswer('given up')
      this.#held = holdSocket({ ...this.#options, onWelcome: this.#welcome }, accessToken)
      const ending = await this.#held.ended
      this.#held = null
      this.#welcomed = null
      this.#options.onDown()
      return { kind: 'ended', ending, pauseMs: 0 }
    } catch (error) {
      if (isUnauthenticated(error)) return { kind: 'signed-out' }
      return { ...noAnswer(String(error)), pauseMs: askedPauseMs(error) ?? 0 }
    }
  }

  async #accessToken(last: Ending | null): Promise<string> {
    const { tokens, probe } = this.#options
    if (last?.code === CLOSE.unauthenticated.code) return (await tokens.refresh()).accessToken
    // A refused upgrade and a server that is away look the same here: 1006 before any frame.
    if (last?.heldMs === null || this.#isNetworkLost) await probe(this.#patience.signal)
    this.#isNetworkLost = false
    return tokens.access()
  }

  #welcome: HoldOptions['onWelcome'] = (frame, socket, signal) => {
    this.#welcomed = socket
    this.#options.onWelcome(frame, signal)
  }

  async #rest(why: Ending, ms: number): Promise<void> {
    const { code, reason } = why
    this.#become({
      kind: 'offline',
      why: { code, reason },
      retryAt: this.#options.clock.now() + ms,
    })
    await pause(this.#options.clock, ms, this.#patience.signal)
  }

  #end(why: 'closed' | 'unauthenticated' | 'refused', by: Ending | null): void {
    this.#become({ kind: 'ended', why, by: by && { code: by.code, reason: by.reason } })
  }

  #become(state: ConnectionState): void {
    this.#state = state
    this.#options.onState(state)
  }
}

type Attempt = { kind: 'ended'; ending: Ending; pauseMs: number } | { kind: 'signed-out' }

function noAnswer(reason: string): Extract<Attempt, { kind: 'ended' }> {
  return {
    kind: 'ended',
    ending: { code: ABNORMAL_CLOSURE, reason, heldMs: null },
    pauseMs: 0,
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
  return Promise.race([work, aborted])
}
