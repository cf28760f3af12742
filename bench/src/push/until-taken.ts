import { setTimeout as sleep } from 'node:timers/promises'
import type { Endpoint } from './endpoint.ts'

const GIVE_UP_AFTER_MS = 60_000
const LOOK_EVERY_MS = 20

/** Throws when nothing more comes for a minute. */
export async function untilTaken(endpoint: Endpoint, total: number, look?: () => void) {
  let [last, since] = [endpoint.taken.size, performance.now()]
  while (endpoint.taken.size < total) {
    await sleep(LOOK_EVERY_MS)
    look?.()
    if (endpoint.taken.size > last) [last, since] = [endpoint.taken.size, performance.now()]
    if (performance.now() - since > GIVE_UP_AFTER_MS)
      throw new Error(`of ${total} push messages ${last} came`)
  }
}
