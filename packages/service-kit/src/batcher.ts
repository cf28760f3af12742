import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { ChatError } from '@chatapp/protocol'

/**
 * A batch costs about a millisecond of one core, however small it is: at most one in so long leaves
 * the rest of the core to the messages themselves.
 */
const INTERVAL_MIN_MS = 2

interface Waiting<In, Out> {
  item: In
  resolve(value: Out): void
  reject(error: unknown): void
}

export type Outcome<Out> = { ok: true; value: Out } | { ok: false; error: unknown }

interface BatcherOptions<In, Out> {
  /** One outcome an item, in the same order. A throw fails all of the batch. */
  run(items: In[]): Promise<Outcome<Out>[]>
  maxBatch: number
  /** Above this many waiting the batcher refuses with `overloaded`. */
  maxWaiting: number
}

export interface Batcher<In, Out> {
  add(item: In): Promise<Out>
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>
  readonly waiting: number
  /** True while something is waiting or under way, and for so long after. */
  wasBusyWithin(ms: number): boolean
}

/**
 * Runs one batch at a time; what arrives meanwhile makes the next one. So throughput rises with
 * load and an idle system adds no delay.
 */
export function createBatcher<In, Out>(options: BatcherOptions<In, Out>): Batcher<In, Out> {
  let queue: Waiting<In, Out>[] = []
  let state: 'idle' | 'scheduled' | 'running' = 'idle'
  let onIdle: (() => void)[] = []
  let startedAt = -Infinity
  let idleSince = -Infinity

  const schedule = () => {
    state = 'scheduled'
    setImmediate(() => void drain())
  }
  async function drain(): Promise<void> {
    state = 'running'
    while (queue.length > 0) {
      await gather(startedAt)
      startedAt = performance.now()
      const batch = queue.slice(0, options.maxBatch)
      queue = queue.slice(options.maxBatch)
      await settle(batch, options.run)
      // The answers go out in the next turn, and what comes back at once belongs to the next batch.
      await nextTurn()
      await nextTurn()
    }
    state = 'idle'
    idleSince = performance.now()
    for (const resolve of onIdle) resolve()
    onIdle = []
  }
  return {
    add(item) {
      if (queue.length >= options.maxWaiting) {
        return Promise.reject(
          new ChatError('overloaded', 'Too much is waiting; try again.', { retryAfter: 1 }),
        )
      }
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        if (state === 'idle') schedule()
      })
    },
    idle: () =>
      state === 'idle' ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve)),
    get waiting() {
      return queue.length
    },
    wasBusyWithin: (ms) => state !== 'idle' || performance.now() - idleSince < ms,
  }
}

/** Keeps batches from becoming many and small; who comes to an idle batcher does not wait. */
async function gather(lastStartedAt: number): Promise<void> {
  const left = lastStartedAt + INTERVAL_MIN_MS - performance.now()
  if (left > 0) await sleep(left)
}

async function settle<In, Out>(
  batch: Waiting<In, Out>[],
  run: BatcherOptions<In, Out>['run'],
): Promise<void> {
  try {
    const outcomes = await run(batch.map((waiting) => waiting.item))
    batch.forEach((waiting, i) => {
      const outcome = outcomes[i]
      if (outcome?.ok) waiting.resolve(outcome.value)
      else waiting.reject(outcome?.error ?? new Error('a batch gave no outcome for an item'))
    })
  } catch (error) {
    for (const waiting of batch) waiting.reject(error)
  }
}
