import { setTimeout as sleep } from 'node:timers/promises'

interface Repetition {
  everyMs: number
  signal: AbortSignal
  /** While people send, sending has the processor: of ten parts this takes one. */
  isSending?: () => boolean
  /** Whoever has not been up to date for so long takes half of it, and rests less and less until then. */
  behindMaxMs?: number
  /** After failures at most so long, and by chance half as long again. */
  pauseMaxMs?: number
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
const REST_WHILE_SENDING = 9
const REST_WHEN_BEHIND = 1
/** A round that had to wait for something has not worked all that time. */
const REST_MAX_MS = 2_000

/**
 * Does it again and again; after a failure later and later, by chance up to half as long again, so
 * that not all processes come back at once.
 */
export async function repeat(
  {
    everyMs,
    signal,
    isSending,
    behindMaxMs = Number.POSITIVE_INFINITY,
    pauseMaxMs = LONGEST_PAUSE_MS,
  }: Repetition,
  act: () => Promise<'more' | 'none'>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  let failures = 0
  let upToDateAt = performance.now()
  while (!signal.aborted) {
    const startedAt = performance.now()
    let pause = everyMs
    try {
      if ((await act()) === 'more') pause = 0
      else upToDateAt = startedAt
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      if (failures === 0) onFailure(error)
      pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, pauseMaxMs) * (1 + Math.random() / 2)
      failures++
    }
    const behind = (startedAt - upToDateAt) / behindMaxMs
    const rest = isSending?.() ? restWhileSending(performance.now() - startedAt, behind) : 0
    await sleep(Math.max(pause, rest), undefined, { signal }).catch(() => {})
  }
}

/**
 * How long whoever has worked so long keeps away then; `behind` is 1 for whoever is as late as they
 * may be. Rounds must be short for it to be enough.
 */
export const restWhileSending = (workedMs: number, behind = 0) =>
  Math.min(workedMs * Math.max(REST_WHILE_SENDING * (1 - behind), REST_WHEN_BEHIND), REST_MAX_MS)
