import type { BusEvents, BusTopic } from '@chatapp/protocol'

export type BusHandler<T extends BusTopic> = (event: BusEvents[T]) => void

export interface Subscription {
  /** Resolves when events published from now on arrive, or else `onRecovery` will be called. */
  ready: Promise<void>
  unsubscribe(): void
}

/** Live news between parts and processes. At most once: whoever needs all of it has a cursor. */
export interface Bus extends AsyncDisposable {
  /** Never throws and waits for nobody. */
  publish<T extends BusTopic>(topic: T, event: BusEvents[T]): void
  subscribe<T extends BusTopic>(topic: T, handler: BusHandler<T>): Subscription
  /** False while nothing arrives from other processes. */
  readonly isWhole: boolean
  /** Calls back when news of about so long may have been lost, and arrive again. */
  onRecovery(handler: (lostMs: number) => void): Disposable
}
