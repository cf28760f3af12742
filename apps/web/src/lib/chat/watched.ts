import { WATCHED_USERS_MAX } from '@chatapp/protocol'
import { getConnection } from './live.ts'

const lookers = new Map<string, number>()
let isScheduled = false

/** While somebody looks at a person, the server tells their presence. Returns what ends it. */
export function watchPerson(userId: string): () => void {
  lookers.set(userId, (lookers.get(userId) ?? 0) + 1)
  schedule()
  return () => {
    const left = (lookers.get(userId) ?? 1) - 1
    if (left > 0) lookers.set(userId, left)
    else lookers.delete(userId)
    schedule()
  }
}

/** A list that scrolls brings many at once: one frame for all of them. */
function schedule(): void {
  if (isScheduled) return
  isScheduled = true
  setTimeout(() => {
    isScheduled = false
    try {
      getConnection().watch([...lookers.keys()].slice(0, WATCHED_USERS_MAX))
    } catch {
      // Signed out meanwhile.
    }
  }, WATCH_PAUSE_MS)
}

const WATCH_PAUSE_MS = 300
