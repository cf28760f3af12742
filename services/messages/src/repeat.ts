import { setTimeout as sleep } from 'node:timers/promises'

interface Repetition {
  everyMs: number
  signal: AbortSignal
  /** While people send, sending has the processor: of ten parts this takes one. */
  isSending?: () => boolean
  /** After failures at most so long, and by chance half as long again. */
  pauseMaxMs?: number
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
const REST_WHILE_SENDING = 9
/** A round that had to wait for something has not worked all that time. */
const REST_MAX_MS = 2_000

/**
 * Does it again and again; after a failure later and later, by chance up to half as long again, so
 * that not all processes come back at once.
 */
export async function repeat(
  { everyMs, signal, isSending, pauseMaxMs = LONGEST_PAUSE_MS }: Repetition,
  act: () => Promise<'more' | 'none'>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const startedAt = performance.now()
    let pause = everyMs
    try {
      if ((await act()) === 'more') pause = 0
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      if (failures === 0) onFailure(error)
      pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, pauseMaxMs) * (1 + Math.random() / 2)
      failures++
    }
    const rest = isSending?.() ? restWhileSending(performance.now() - startedAt) : 0
    await sleep(Math.max(pause, rest), undefined, { signal }).catch(() => {})
  }
}

/** How long whoever has worked so long keeps away then. Rounds must be short for it to be enough. */
export const restWhileSending = (workedMs: number) =>
  Math.min(workedMs * REST_WHILE_SENDING, REST_MAX_MS)
