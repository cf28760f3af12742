import { database } from './database.ts'
import { changes, lockOf, locks, otherSlots, placeOf } from './outbox-slot.ts'

interface Watcher {
  /** What other tabs keep, now and after every change. */
  onKept: (saved: unknown[]) => void
  /** Takes what a closed tab has left; resolves when it is kept here. */
  adopt: (saved: unknown) => Promise<void>
}

/** Follows the outboxes that other tabs keep under this key, and inherits those of closed ones. */
export function watchOtherOutboxes(key: string, watcher: Watcher, signal: AbortSignal): void {
  const waiting = new Set<string>()
  let turn = 0
  const look = async () => {
    const mine = ++turn
    const slots = await otherSlots(key)
    const db = await database()
    const saved = await Promise.all(slots.map((slot) => db.get('outbox', placeOf(slot, key))))
    // What was read later is what counts.
    if (signal.aborted || mine !== turn) return
    watcher.onKept(saved.flat())
    for (const slot of slots) void inherit(slot)
  }
  /** The lock comes when the tab that has it is gone. */
  const inherit = async (slot: string) => {
    if (!locks || waiting.has(slot)) return
    waiting.add(slot)
    await locks
      .request(lockOf(slot), { signal }, () => takeOver(placeOf(slot, key), watcher))
      // Signed out here meanwhile.
      .catch(() => {})
    waiting.delete(slot)
    lookSafely()
  }
  // A browser that forbids storage costs the other tabs only.
  const lookSafely = () => {
    if (!signal.aborted) look().catch(() => {})
  }
  changes.addEventListener('message', lookSafely, { signal })
  lookSafely()
}

/** Gone there only once it is kept here: twice is mended by the server, never is not. */
async function takeOver(place: string, { adopt }: Watcher): Promise<void> {
  const db = await database()
  const left = await db.get('outbox', place)
  if (left === undefined) return
  await adopt(left)
  await db.delete('outbox', place)
  changes.postMessage(null)
}
