/** Time as the client sees it; tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  after(ms: number, run: () => void): Timer
}

export interface Timer {
  cancel(): void
}

/** `setTimeout` fires at once above this (2^31 − 1 ms, 24.8 days). */
const TIMER_MAX_MS = 2_147_483_647

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), TIMER_MAX_MS))
    return { cancel: () => clearTimeout(timer) }
  },
}

/** Resolves after the time, or at once when the signal aborts. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      timer.cancel()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = clock.after(ms, finish)
    signal.addEventListener('abort', finish)
  })
}
