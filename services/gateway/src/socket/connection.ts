import type { Socket } from 'node:net'
import { type ChatError, CLOSE, type CloseName } from '@chatapp/protocol'
import { type Caller, toChatError } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { Outlet } from '../outlet.ts'
import { errorFrame } from '../wire.ts'
import type { Guest } from './admission.ts'
import type { ChatSocket } from './chat-socket.ts'
import { Heartbeat } from './heartbeat.ts'
import { InboundLimits } from './inbound-limits.ts'

/** With so much under way we read no more: TCP makes the client wait, nothing piles up here. */
const PAUSE_ABOVE = 500
const RESUME_BELOW = 250
/** What was read already when we paused: at most one chunk of 64 KiB of the smallest frames. */
const UNDER_WAY_MAX = 4000
/** A queue above 64 KiB that does not shrink below it for so long will not be read. */
const STUCK_AFTER_MS = 10_000
/** Who asked for a long answer may read it over a slow line. */
const SLOW_LINE_BYTES_PER_MS = 32
/** What WebSocket says of an end without a close frame. */
const BROKEN = 1006

interface ConnectionOptions {
  context: Context
  ws: ChatSocket
  socket: Socket
  guest: Guest
  handle: (connection: Connection, data: Buffer, isBinary: boolean) => void
  onGone: (connection: Connection) => void
}

/** One open socket of a user, from its welcome to its end. */
export class Connection {
  readonly outlet: Outlet
  readonly guest: Guest
  readonly #context: Context
  readonly #ws: ChatSocket
  readonly #handle: ConnectionOptions['handle']
  readonly #onGone: ConnectionOptions['onGone']
  readonly #heartbeat: Heartbeat
  #caller: Caller
  #state: 'open' | 'retiring' | 'closing' | 'gone' = 'open'
  #limits: InboundLimits | undefined
  #underWay = 0
  #lastSync: Promise<void> | undefined
  #behindSince = 0
  #heardAt: number

  constructor({ context, ws, socket, guest, handle, onGone }: ConnectionOptions) {
    this.#context = context
    this.#ws = ws
    this.#handle = handle
    this.#onGone = onGone
    this.#heartbeat = new Heartbeat(context.now())
    this.#heardAt = context.now()
    this.#caller = guest.caller
    this.guest = guest
    const { userId } = guest.caller
    this.outlet = new Outlet({ userId, ws, socket, turn: context.turn, onOverflow: this })
  }

  get userId(): string {
    return this.#caller.userId
  }

  get sessionId(): string {
    return this.#caller.sessionId
  }

  get limits(): InboundLimits {
    const mode = this.#context.config.rateLimits ? 'limited' : 'unlimited'
    this.#limits ??= new InboundLimits(mode, this.#context.now())
    return this.#limits
  }

  welcome(): void {
    const { userId, sessionId, expiresAt } = this.#caller
    const until = new Date(expiresAt).toISOString()
    this.outlet.say({ type: 'welcome', userId, sessionId, expiresAt: until })
  }

  /** Goes on under a fresh token; the new welcome says until when. */
  renew(caller: Caller): void {
    this.#caller = caller
    this.welcome()
  }

  receive(data: Buffer, isBinary: boolean): void {
    this.hear()
    if (this.#state === 'open') this.#handle(this, data, isBinary)
  }

  answerPing(data: Buffer): void {
    this.hear()
    const isAffordable = this.limits.admit('ping', this.#context.now()) === 'admitted'
    if (isAffordable && !this.outlet.isBehind) this.#ws.pong(data)
  }

  hear(): void {
    this.#heardAt = this.#context.now()
    this.#heartbeat.hear()
  }

  refuse(error: unknown, clientId?: string): ChatError {
    const shown = toChatError(error)
    if (shown.code === 'internal') this.#context.log.error({ err: error }, 'frame failed')
    this.outlet.say(errorFrame(shown, clientId))
    return shown
  }

  /** Counts work that a frame began; false when this connection has far too much under way. */
  begin(): boolean {
    if (this.#underWay >= UNDER_WAY_MAX) return false
    this.#underWay++
    if (this.#underWay > PAUSE_ABOVE && !this.#ws.isPaused) this.#ws.pause()
    return true
  }

  end(): void {
    this.#underWay--
    if (this.#underWay < RESUME_BELOW && this.#ws.isPaused) this.#ws.resume()
    if (this.#underWay === 0 && this.#state === 'retiring') this.close('draining')
  }

  /** One at a time, because answers may be long. */
  inTurn(sync: () => Promise<void>): Promise<void> {
    const mine = (this.#lastSync ?? Promise.resolve()).then(sync)
    const settled = mine
      .catch(() => undefined)
      .then(() => {
        if (this.#lastSync === settled) this.#lastSync = undefined
      })
    this.#lastSync = settled
    return mine
  }

  sweep(now: number, timeOfDay: number): void {
    if (this.#state !== 'open' && this.#state !== 'retiring') return
    if (this.#caller.expiresAt <= timeOfDay) this.close('unauthenticated')
    else if (this.#isStuck(now)) this.overflow()
    // Its silence is ours while we don't read, and no wonder while it has a lot to read.
    else if (this.#ws.isPaused || this.outlet.isBehind) this.#heartbeat.hear()
    else this.#beat(now)
  }

  overflow(): void {
    this.#context.meters.slowConsumer()
    this.close('slowConsumer')
  }

  /** Takes no more frames, and closes as soon as those under way are answered. */
  retire(): void {
    if (this.#state !== 'open') return
    this.#state = 'retiring'
    if (this.#underWay === 0) this.close('draining')
  }

  close(name: CloseName): void {
    if (this.#state === 'closing' || this.#state === 'gone') return
    this.#state = 'closing'
    this.outlet.flush()
    this.#leave(isDead(name) ? 'dead' : 'alive')
    const { code, reason } = CLOSE[name]
    this.#context.meters.closed(code)
    // To see the answer to our close we have to read again.
    if (this.#ws.isPaused) this.#ws.resume()
    this.#ws.close(code, reason)
  }

  terminate(): void {
    this.#ws.terminate()
  }

  /** With the code of the closing, which a broken connection has none of. */
  gone(code: number): void {
    if (this.#state !== 'closing') this.#leave(code === BROKEN ? 'dead' : 'alive')
    this.#state = 'gone'
    this.#onGone(this)
  }

  #beat(now: number): void {
    const finding = this.#heartbeat.check(now)
    if (finding === 'ping') this.#ws.ping()
    if (finding === 'dead') this.close('noHeartbeat')
  }

  #leave(connection: 'alive' | 'dead'): void {
    const { hub, presence, focus, now } = this.#context
    hub.remove(this.outlet)
    presence.leave(this.outlet)
    if (connection === 'dead') focus.lose(this.outlet, now() - this.#heardAt)
    else focus.show(this.outlet, null)
  }

  #isStuck(now: number): boolean {
    if (!this.outlet.isBehind) {
      this.#behindSince = 0
      this.outlet.forgetAnswers()
      return false
    }
    if (this.#behindSince === 0) this.#behindSince = now
    const patience = STUCK_AFTER_MS + this.outlet.answerBytes / SLOW_LINE_BYTES_PER_MS
    return now - this.#behindSince >= patience
  }
}

const isDead = (name: CloseName) => name === 'noHeartbeat' || name === 'slowConsumer'
