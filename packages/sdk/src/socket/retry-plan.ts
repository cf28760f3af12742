import { CLOSE, mayReconnect } from '@chatapp/protocol'
import { backOffMs } from '../back-off.ts'
import type { Closed } from './open-socket.ts'

/** What to do after a socket has closed. */
export type RetryPlan =
  | { kind: 'retry'; afterMs: number }
  | { kind: 'refresh' }
  | { kind: 'end'; why: 'unauthenticated' | 'refused' }

/** The server has had enough of us: half a minute at least, spread over another one. */
const TOO_MANY_PAUSE_MS = 30_000

export interface Tries {
  /** Attempts since a connection last held. */
  attempt: number
  /** Whether a token was refreshed since then, because of 4401. */
  hasRefreshed: boolean
}

export function planAfter(
  { code }: Closed,
  { attempt, hasRefreshed }: Tries,
  random: () => number,
): RetryPlan {
  if (code === CLOSE.unauthenticated.code) {
    return hasRefreshed ? { kind: 'end', why: 'unauthenticated' } : { kind: 'refresh' }
  }
  if (!mayReconnect(code)) return { kind: 'end', why: 'refused' }
  if (code === CLOSE.tooMany.code) {
    return { kind: 'retry', afterMs: TOO_MANY_PAUSE_MS * (1 + random()) }
  }
  return { kind: 'retry', afterMs: backOffMs(attempt, random) }
}
