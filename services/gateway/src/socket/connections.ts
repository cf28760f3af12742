import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from './connection.ts'

/** Up to so many sockets may be told at once; more would all come back in the same moment. */
const AT_ONCE_MAX = 200
const SPREAD_STEPS = 20
const SPREAD_STEP_MS = 100
/** For the last acknowledgements and for the clients' answers to our close. */
const GRACE_MS = 5000
const LOOK_EVERY_MS = 20

/** Every open socket of this process. */
export class Connections {
  readonly #open = new Set<Connection>()
  #state: 'serving' | 'draining' = 'serving'

  get size(): number {
    return this.#open.size
  }

  get isDraining(): boolean {
    return this.#state === 'draining'
  }

  add(connection: Connection): void {
    this.#open.add(connection)
  }

  remove(connection: Connection): void {
    this.#open.delete(connection)
  }

  endSession(sessionId: string): void {
    for (const connection of this.#open)
      if (connection.sessionId === sessionId) connection.close('unauthenticated')
  }

  sweep(now: number, timeOfDay: number): void {
    for (const connection of this.#open) connection.sweep(now, timeOfDay)
  }

  /** From here on nobody new is let in. */
  beginDraining(): void {
    this.#state = 'draining'
  }

  /** Sends everybody elsewhere; who is still here after the grace is cut off. */
  async drain(signal?: AbortSignal): Promise<void> {
    const all = [...this.#open]
    const steps = all.length > AT_ONCE_MAX ? SPREAD_STEPS : 1
    for (let step = 0; step < steps; step++) {
      for (let i = step; i < all.length; i += steps) all[i]?.retire()
      if (step < steps - 1) await pause(SPREAD_STEP_MS, signal)
    }
    for (let waited = 0; waited < GRACE_MS && this.size > 0; waited += LOOK_EVERY_MS) {
      if (signal?.aborted) break
      await pause(LOOK_EVERY_MS, signal)
    }
    for (const connection of this.#open) connection.terminate()
  }
}

/** Ends early, without a complaint, when there is no more time. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
}
