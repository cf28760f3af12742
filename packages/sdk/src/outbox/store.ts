import { type OutboxItem, outboxItemsOf, toSaved } from './item.ts'

/**
 * Where a client keeps JSON between visits. It must be this client's alone: two tabs that share one
 * would overwrite each other's outbox.
 */
export interface ClientStorage {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
}

/** Writes the outbox as a whole; writes that wait for another one become one. */
export class OutboxStore {
  #storage: ClientStorage
  #key: string
  #items: () => OutboxItem[]
  #writing: Promise<void> = Promise.resolve()
  #next: Promise<void> | null = null

  constructor(storage: ClientStorage, key: string, items: () => OutboxItem[]) {
    this.#storage = storage
    this.#key = key
    this.#items = items
  }

  async load(): Promise<OutboxItem[]> {
    return outboxItemsOf(await this.#storage.get(this.#key))
  }

  /** Resolves when the items as they are now, or later ones, are kept. */
  save(): Promise<void> {
    this.#next ??= this.#writing.then(() => {
      this.#next = null
      this.#writing = this.#write()
      return this.#writing
    })
    return this.#next
  }

  async #write(): Promise<void> {
    const items = this.#items().map(toSaved)
    try {
      if (items.length > 0) await this.#storage.set(this.#key, items)
      else await this.#storage.delete(this.#key)
    } catch {
      // A full or forbidden storage must not keep anybody from sending: it costs the safety of a
      // reload only.
    }
  }
}
