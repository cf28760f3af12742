import { setTimeout as sleep } from 'node:timers/promises'
import { ChatError } from '@chatapp/protocol'

const LONGEST_PAUSE_S = 60

/** Waits as long as the server asks to, when that is a time one can wait. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ChatError) || !error.isRetryable) throw error
      const seconds = error.retryAfter ?? 1
      if (seconds > LONGEST_PAUSE_S) throw tooSlow(seconds)
      await sleep(seconds * 1000)
    }
  }
}

function tooSlow(seconds: number): ChatError {
  return new ChatError(
    'rate-limited',
    `The server wants ${Math.ceil(seconds / 60)} minutes of pause; start it with RATE_LIMITS=off for seeding.`,
  )
}
