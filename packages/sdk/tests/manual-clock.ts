import type { Clock } from '../src/clock.ts'

interface Due {
  at: number
  run: () => void
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = 1_700_000_000_000
  #due: Due[] = []

  /** Timers that wait; a test that ends with some has leaked them. */
  get pending(): number {
    return this.#due.length
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void) {
    const due = { at: this.#now + Math.max(ms, 0), run }
    this.#due.push(due)
    return { cancel: () => this.#cancel(due) }
  }

  advance(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#cancel(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = end
  }

  #cancel(due: Due): void {
    this.#due = this.#due.filter((other) => other !== due)
  }

  #next(end: number): Due | undefined {
    return this.#due.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
  }
}
