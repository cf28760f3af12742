import type { BusEvents, BusTopic } from '@chatapp/protocol'

export type BusHandler<T extends BusTopic> = (event: BusEvents[T]) => void

export interface Subscription {
  /** Resolves when events published from now on arrive. */
  ready: Promise<void>
  unsubscribe(): void
}

/** Live news between parts and processes. At most once: whoever needs all of it has a cursor. */
export interface Bus extends AsyncDisposable {
  publish<T extends BusTopic>(topic: T, event: BusEvents[T]): void
  subscribe<T extends BusTopic>(topic: T, handler: BusHandler<T>): Subscription
}
