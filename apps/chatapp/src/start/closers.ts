import type { Logger } from '@chatapp/service-kit'

/** What was opened, closed in reverse order; a failure to close one does not keep the others open. */
export class Closers implements AsyncDisposable {
  readonly #log: Logger
  #open: { what: string; close: () => PromiseLike<void> | void }[] = []

  constructor(log: Logger) {
    this.#log = log
  }

  add<T extends AsyncDisposable>(what: string, opened: T): T {
    this.defer(what, () => opened[Symbol.asyncDispose]())
    return opened
  }

  defer(what: string, close: () => PromiseLike<void> | void): void {
    this.#open.push({ what, close })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (let next = this.#open.pop(); next; next = this.#open.pop()) {
      try {
        await next.close()
        this.#log.debug(`closed ${next.what}`)
      } catch (error) {
        this.#log.error({ err: error }, `${next.what} did not close in order`)
      }
    }
  }
}
