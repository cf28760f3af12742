/** After a failure so long nobody tries; longer with every further one. */
const FIRST_REST_MS = 2_000
const LONGEST_REST_MS = 30_000

/** Keeps those who ask from waiting for something that was not there a moment ago. */
export class Breaker {
  readonly #now: () => number
  #failures = 0
  #restsUntil = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** After the rest one may try, and the others go on resting until it is known how that went. */
  mayTry(): boolean {
    if (this.#failures === 0) return true
    if (this.#now() < this.#restsUntil) return false
    this.#rest()
    return true
  }

  succeeded(): void {
    this.#failures = 0
  }

  failed(): void {
    this.#failures++
    this.#rest()
  }

  #rest(): void {
    const rest = Math.min(FIRST_REST_MS * 2 ** (this.#failures - 1), LONGEST_REST_MS)
    this.#restsUntil = this.#now() + rest
  }
}
