import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

interface ChatDatabase extends DBSchema {
  /** What unsent messages the tabs have, by slot and key. */
  outbox: { key: string; value: unknown }
  /** The last state seen, for starting at once and offline. */
  kept: { key: string; value: unknown }
}

let opening: Promise<IDBPDatabase<ChatDatabase>> | null = null

export function database(): Promise<IDBPDatabase<ChatDatabase>> {
  opening ??= openDB<ChatDatabase>('chatapp', 1, {
    upgrade(db) {
      db.createObjectStore('outbox')
      db.createObjectStore('kept')
    },
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
      opening = null
    },
  })
  return opening
}
