import { Socket } from 'node:net'

/**
 * Writes once what is said in one turn. A batch is several statements at once: a write for each would
 * wake PostgreSQL as often, and cost more than the statements.
 */
export class GatheringSocket extends Socket {
  #state: 'idle' | 'gathering' = 'idle'

  override cork(): void {
    if (this.#state === 'idle') this.#gather()
    super.cork()
  }

  #gather(): void {
    this.#state = 'gathering'
    super.cork()
    process.nextTick(() => {
      this.#state = 'idle'
      super.uncork()
    })
  }
}
