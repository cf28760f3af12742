import { ChatError } from '@chatapp/protocol'

interface Bounds {
  atOnce: number
  /** Above this many waiting it refuses with `overloaded`. */
  maxWaiting: number
  /** What it says then. */
  whenFull: string
}

export type Queue = <T>(work: () => Promise<T>) => Promise<T>

/** Lets a few pieces of work run at once and the next ones wait, in order and within bounds. */
export function createQueue({ atOnce, maxWaiting, whenFull }: Bounds): Queue {
  const waiting: (() => void)[] = []
  let running = 0

  async function takeTurn(): Promise<void> {
    if (running < atOnce) {
      running++
      return
    }
    if (waiting.length >= maxWaiting) {
      throw new ChatError('overloaded', whenFull, { retryAfter: 2 })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  function passTurn(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
  return async (work) => {
    await takeTurn()
    try {
      return await work()
    } finally {
      passTurn()
    }
  }
}
