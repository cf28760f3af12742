import { setTimeout as sleep } from 'node:timers/promises'

interface Repetition {
  everyMs: number
  signal: AbortSignal
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000

/**
 * Does it again and again; after a failure later and later, by chance up to half as long again, so
 * that not all processes come back at once.
 */
export async function repeat(
  { everyMs, signal }: Repetition,
  act: () => Promise<'more' | 'none'>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    let pause = everyMs
    try {
      if ((await act()) === 'more') pause = 0
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      if (failures === 0) onFailure(error)
      pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) * (1 + Math.random() / 2)
      failures++
    }
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
}
