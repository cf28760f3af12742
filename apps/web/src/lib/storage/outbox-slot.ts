import type { ClientStorage } from '@chatapp/sdk'
import { database } from './database.ts'
import { mergedByTime } from './merged-by-time.ts'

/**
 * Each tab writes an outbox of its own: the slot that it has the lock of. What closed tabs have left
 * in theirs goes to one that opens or lives. So nothing lies forgotten, and no two tabs send the same.
 */
export const clientStorage: ClientStorage = {
  async get(key) {
    await takeOverLeft(key)
    return (await database()).get('outbox', placeOf(await ownSlot(), key))
  },
  async set(key, value) {
    await (await database()).put('outbox', value, placeOf(await ownSlot(), key))
    changes.postMessage(null)
  },
  async delete(key) {
    await (await database()).delete('outbox', placeOf(await ownSlot(), key))
    changes.postMessage(null)
  },
}

/** On plain HTTP there are none. */
export const locks = navigator.locks as LockManager | undefined

/** Tells the other tabs that something kept has changed. */
export const changes = new BroadcastChannel('chatapp.outbox')

export const placeOf = (slot: string, key: string) => `${slot}.${key}`
export const lockOf = (slot: string) => `chatapp.outbox.${slot}`

let slot: Promise<string> | null = null

export function ownSlot(): Promise<string> {
  slot ??= locks ? findSlot(locks) : Promise.resolve(slotOfTab())
  return slot
}

/** The slots of other tabs, living or closed, that keep something. */
export async function otherSlots(key: string): Promise<string[]> {
  const own = await ownSlot()
  const places = await (await database()).getAllKeys('outbox')
  return places
    .filter((place) => place.endsWith(`.${key}`))
    .map((place) => place.slice(0, -key.length - 1))
    .filter((name) => name !== own)
}

async function findSlot(manager: LockManager): Promise<string> {
  for (let n = 0; ; n++) {
    if (await hold(manager, `slot-${n}`)) return `slot-${n}`
  }
}

/** Holds the lock for as long as this page lives. False when another tab has it. */
function hold(manager: LockManager, name: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const forever = Promise.withResolvers<void>().promise
  const request = manager.request(lockOf(name), { ifAvailable: true }, (lock) => {
    resolve(lock !== null)
    return lock ? forever : undefined
  })
  request.catch(reject)
  return promise
}

async function takeOverLeft(key: string): Promise<void> {
  for (const name of await otherSlots(key)) {
    await locks?.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (lock) await moveHere(name, key)
    })
  }
}

async function moveHere(name: string, key: string): Promise<void> {
  const [from, to] = [placeOf(name, key), placeOf(await ownSlot(), key)]
  // Both at once; should the same message come twice, the server knows its client id.
  const tx = (await database()).transaction('outbox', 'readwrite')
  const [left, own] = await Promise.all([tx.store.get(from), tx.store.get(to)])
  if (Array.isArray(left)) await tx.store.put(mergedByTime(asList(own), left), to)
  await tx.store.delete(from)
  await tx.done
  changes.postMessage(null)
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Without TLS there are no locks; a tab keeps its name over a reload. */
function slotOfTab(): string {
  const known = sessionStorage.getItem('chatapp.tab')
  const name = known ?? `tab-${Date.now()}-${Math.random().toString(36).slice(2)}`
  sessionStorage.setItem('chatapp.tab', name)
  return name
}
