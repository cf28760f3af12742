import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_EVERY_MS = 10
/** As long as `expect.poll` waits: a loaded machine is slow, a broken product never gets there. */
const WITHIN_MS = 20_000

/** Asks until the answer is true-ish and gives it back; throws by name when the time is over. */
export async function settle<T>(
  what: string,
  test: () => T | Promise<T>,
  withinMs = WITHIN_MS,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + withinMs
  for (;;) {
    const answer = await test()
    // What is true-ish is neither false nor absent, which TypeScript does not conclude for a T.
    if (answer) return answer as NonNullable<Exclude<T, false>>
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`)
    await sleep(LOOK_EVERY_MS)
  }
}
