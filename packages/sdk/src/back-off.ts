const FIRST_CEILING_MS = 500
const LAST_CEILING_MS = 30_000

/**
 * Exponential back-off with full jitter: a random time below 0.5 s, 1 s, 2 s … 30 s. Full, because
 * a restarting server must not meet all of its clients at once.
 */
export function backOffMs(attempt: number, random: () => number): number {
  return random() * Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** attempt)
}
