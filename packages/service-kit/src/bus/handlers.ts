type AnyHandler = (event: never) => void

/** Those who listen to one topic. */
export class Handlers {
  readonly #handlers = new Set<{ handle: AnyHandler }>()

  get isEmpty(): boolean {
    return this.#handlers.size === 0
  }

  add(handle: AnyHandler): () => void {
    const entry = { handle }
    this.#handlers.add(entry)
    return () => void this.#handlers.delete(entry)
  }

  /** A handler that fails keeps the event neither from the others nor from its sender's work. */
  call(event: unknown, onError: (error: unknown) => void): void {
    for (const { handle } of this.#handlers) {
      try {
        // The topic says which events are published on it.
        handle(event as never)
      } catch (error) {
        onError(error)
      }
    }
  }
}
