import type { Random } from './random.ts'

/** Draws ranks from 0: the one of rank r comes (r + 1) ** exponent times more rarely than the first. */
export class Zipf {
  readonly #upTo: Float64Array

  constructor(size: number, exponent: number) {
    this.#upTo = new Float64Array(size)
    let sum = 0
    for (let rank = 0; rank < size; rank++) {
      sum += (rank + 1) ** -exponent
      this.#upTo[rank] = sum
    }
  }

  draw(random: Random): number {
    const wanted = random.next() * (this.#upTo.at(-1) ?? 0)
    let [low, high] = [0, this.#upTo.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#upTo[middle] ?? 0) <= wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
