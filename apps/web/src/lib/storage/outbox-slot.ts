import type { ClientStorage } from '@chatapp/sdk'
import { database } from './database.ts'

/**
 * Each tab writes an outbox of its own: the slot that it has the lock of. A new tab takes the first
 * free slot, and the first tab also takes over what closed tabs have left in theirs. So nothing
 * lies forgotten, and no two tabs send the same.
 */
const SLOTS = 8

export const clientStorage: ClientStorage = {
  async get(key) {
    const slot = await ownSlot()
    if (slot === 'slot-0') await takeOver(key)
    return (await database()).get('outbox', `${slot}.${key}`)
  },
  async set(key, value) {
    await (await database()).put('outbox', value, `${await ownSlot()}.${key}`)
  },
  async delete(key) {
    await (await database()).delete('outbox', `${await ownSlot()}.${key}`)
  },
}

let slot: Promise<string> | null = null

function ownSlot(): Promise<string> {
  slot ??= navigator.locks ? findSlot() : Promise.resolve(slotOfTab())
  return slot
}

async function findSlot(): Promise<string> {
  for (let n = 0; n < SLOTS; n++) {
    if (await hold(`slot-${n}`)) return `slot-${n}`
  }
  return slotOfTab()
}

/** Holds the lock for as long as this page lives. False when another tab has it. */
function hold(name: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const forever = Promise.withResolvers<void>().promise
  const request = navigator.locks.request(lockOf(name), { ifAvailable: true }, (lock) => {
    resolve(lock !== null)
    return lock ? forever : undefined
  })
  request.catch(() => resolve(false))
  return promise
}

async function takeOver(key: string): Promise<void> {
  const db = await database()
  const mine = `slot-0.${key}`
  for (let n = 1; n < SLOTS; n++) {
    await navigator.locks.request(lockOf(`slot-${n}`), { ifAvailable: true }, async (lock) => {
      const left = lock ? await db.get('outbox', `slot-${n}.${key}`) : undefined
      if (!Array.isArray(left)) return
      const own = await db.get('outbox', mine)
      // Both at once; should the same message come twice, the server knows its client id.
      const tx = db.transaction('outbox', 'readwrite')
      await tx.store.put([...(Array.isArray(own) ? own : []), ...left], mine)
      await tx.store.delete(`slot-${n}.${key}`)
      await tx.done
    })
  }
}

function lockOf(name: string): string {
  return `chatapp.outbox.${name}`
}

/** Without TLS there are no locks; a tab keeps its name over a reload. */
function slotOfTab(): string {
  const known = sessionStorage.getItem('chatapp.tab')
  const name = known ?? `tab-${Date.now()}-${Math.random().toString(36).slice(2)}`
  sessionStorage.setItem('chatapp.tab', name)
  return name
}
