type OfType<E extends { type: string }, T extends E['type']> = Extract<E, { type: T }>

/** Listeners by event type. A listener that throws harms neither the others nor the emitter. */
export class Emitter<E extends { type: string }> {
  #listeners = new Map<string, Set<(event: never) => void>>()
  #all = new Set<(event: E) => void>()

  /** Returns the function that takes the listener off again. */
  on<T extends E['type']>(type: T, listener: (event: OfType<E, T>) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, listeners)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  onAny(listener: (event: E) => void): () => void {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  emit(event: E): void {
    // The listeners of a type take that type: `on` lets no others in.
    const ofType = [...(this.#listeners.get(event.type) ?? [])] as ((event: E) => void)[]
    for (const listener of [...ofType, ...this.#all]) {
      try {
        listener(event)
      } catch (error) {
        throwLater(error)
      }
    }
  }
}

/** Reports the bug of a listener as uncaught, outside of our own work. */
function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
