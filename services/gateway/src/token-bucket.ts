export interface Refill {
  burst: number
  perSecond: number
}

/** A limit that answers at once, where waiting for an answer would cost the order of frames. */
export class TokenBucket {
  readonly #refill: Refill
  #left: number
  #at: number

  constructor(refill: Refill, now: number) {
    this.#refill = refill
    this.#left = refill.burst
    this.#at = now
  }

  /** False when too little is left; what is refused is owed, down to minus the debt allowed. */
  take(cost: number, now: number, debt = 0): boolean {
    this.#fill(now)
    const isEnough = this.#left >= cost
    if (isEnough) this.#left -= cost
    else if (debt > 0) this.#left = Math.max(-debt, this.#left - cost)
    return isEnough
  }

  get left(): number {
    return this.#left
  }

  secondsUntil(cost: number): number {
    return (cost - this.#left) / this.#refill.perSecond
  }

  isFull(now: number): boolean {
    this.#fill(now)
    return this.#left === this.#refill.burst
  }

  #fill(now: number): void {
    const { burst, perSecond } = this.#refill
    const seconds = Math.max(0, now - this.#at) / 1000
    this.#left = Math.min(burst, this.#left + seconds * perSecond)
    this.#at = now
  }
}
