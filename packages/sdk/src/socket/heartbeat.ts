import type { Clock, Timer } from '../clock.ts'

/** Silence after which we ask; the server's own pings (every 25 s) are invisible to browsers. */
const PING_AFTER_MS = 20_000
/** With `PING_AFTER_MS`, 35 s of silence are the end of a socket. */
const DEAD_AFTER_PING_MS = 15_000
/** Shorter when there is a reason to doubt: the network is another one, or the computer has slept. */
const DOUBT_MS = 5_000

export interface Heartbeat {
  /** Call for every frame that arrives. */
  heard(): void
  /** Asks at once whether the socket still works. */
  checkNow(): void
  stop(): void
}

/**
 * Notices that a socket is dead. A timer that fires late, as in a hidden tab or after the computer
 * slept, proves nothing: only a ping without an answer does.
 */
export function startHeartbeat(
  clock: Clock,
  { ping, dead }: { ping: () => void; dead: () => void },
): Heartbeat {
  let heardAt = clock.now()
  let timer: Timer = clock.after(PING_AFTER_MS, check)
  let hasAnswered = false
  let isInDoubt = false
  function check() {
    const silentMs = clock.now() - heardAt
    if (silentMs < PING_AFTER_MS) {
      timer = clock.after(PING_AFTER_MS - silentMs, check)
      return
    }
    ask(DEAD_AFTER_PING_MS)
  }
  function ask(patienceMs: number) {
    hasAnswered = false
    ping()
    timer = clock.after(patienceMs, () => {
      isInDoubt = false
      if (hasAnswered) check()
      else dead()
    })
  }
  return {
    heard: () => {
      heardAt = clock.now()
      hasAnswered = true
    },
    checkNow() {
      // Asked again and again it would never come to an end.
      if (isInDoubt) return
      isInDoubt = true
      timer.cancel()
      ask(DOUBT_MS)
    },
    stop: () => timer.cancel(),
  }
}
