import type { FrameOf, OutboundFrame } from '@chatapp/protocol'
import { CLOSE } from '@chatapp/protocol'
import type { Clock } from '../clock.ts'
import type { Tokens } from '../http/tokens.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { type ChatSocket, type Closed, openSocket } from './open-socket.ts'
import { type Renewal, startRenewal } from './renewal.ts'

export interface HoldOptions {
  url: string
  WebSocket: typeof WebSocket
  tokens: Tokens
  clock: Clock
  /** The signal aborts when the socket is no longer open. */
  onWelcome: (frame: FrameOf<'welcome'>, socket: ChatSocket, signal: AbortSignal) => void
  onFrame: (frame: OutboundFrame) => void
}

/** How one socket ended. */
export interface Ending extends Closed {
  /** Time since `welcome`; null when that never came. */
  heldMs: number | null
}

const WELCOME_TIMEOUT_MS = 15_000

export interface HeldSocket {
  socket: ChatSocket
  ended: Promise<Ending>
  /** Has a doubtful socket prove soon that it works. */
  checkNow(): void
}

/** Opens a socket and keeps it alive and authenticated; `ended` resolves with its close. */
export function holdSocket(options: HoldOptions, accessToken: string): HeldSocket {
  const { url, clock, tokens } = options
  const life = new AbortController()
  let held: { since: number; heartbeat: Heartbeat; renewal: Renewal } | null = null

  const socket = openSocket({
    url,
    WebSocket: options.WebSocket,
    credential: { accessToken },
    onFrame(frame) {
      held?.heartbeat.heard()
      if (frame.type === 'welcome' && held === null) start(frame)
      else options.onFrame(frame)
    },
  })
  const drop = (reason: string) => socket.drop(CLOSE.noHeartbeat.code, reason)
  const waiting = clock.after(WELCOME_TIMEOUT_MS, () => drop('no welcome'))

  function start(frame: FrameOf<'welcome'>) {
    waiting.cancel()
    const ping = () => void socket.send({ type: 'ping' })
    const present = (token: string) =>
      void socket.send({ type: 'authenticate', accessToken: token })
    held = {
      since: clock.now(),
      heartbeat: startHeartbeat(clock, { ping, dead: () => drop('silence') }),
      renewal: startRenewal(clock, tokens, { usedToken: accessToken, present }),
    }
    options.onWelcome(frame, socket, life.signal)
  }
  const ended = socket.closed.then((closed) => {
    waiting.cancel()
    held?.heartbeat.stop()
    held?.renewal.stop()
    life.abort()
    return { ...closed, heldMs: held === null ? null : clock.now() - held.since }
  })
  return { socket, ended, checkNow: () => held?.heartbeat.checkNow() }
}
