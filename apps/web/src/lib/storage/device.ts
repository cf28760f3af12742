import { database } from './database.ts'

/** What holds on this device, for the service worker, which can read no localStorage. */
export interface Device {
  language: string
  hasSound: boolean
  hasBadge: boolean
}

const KEY = 'device'
const DEFAULTS: Device = { language: 'en', hasSound: true, hasBadge: true }

export async function readDevice(): Promise<Device> {
  try {
    // Written by `noteDevice` of this or an earlier version.
    const noted = (await (await database()).get('kept', KEY)) as Partial<Device> | undefined
    return { ...DEFAULTS, ...noted }
  } catch {
    return DEFAULTS
  }
}

export async function noteDevice(noted: Partial<Device>): Promise<void> {
  try {
    const tx = (await database()).transaction('kept', 'readwrite')
    const before = (await tx.store.get(KEY)) as Partial<Device> | undefined
    await tx.store.put({ ...before, ...noted }, KEY)
    await tx.done
  } catch {
    // A browser that forbids storage has no service worker either.
  }
}
