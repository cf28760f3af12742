import type { PresenceState } from '@chatapp/protocol'

/** The people of one process, by id, as they are there. */
export type Present = Iterable<[userId: string, { state: PresenceState }]>

/** Who is there on other gateways. */
export interface Elsewhere extends Disposable {
  /** Tells the other gateways how this person is here now. */
  tell(userId: string, state: PresenceState): void
  /** Begins to follow this person; a promise when how they are has to be asked first. */
  watch(userId: string): Promise<void> | undefined
  unwatch(userId: string): void
  stateOf(userId: string): PresenceState
  sweep(present: Present): void
}

/** There are no other gateways. */
export const nowhereElse: Elsewhere = {
  tell: () => undefined,
  watch: () => undefined,
  unwatch: () => undefined,
  stateOf: () => 'offline',
  sweep: () => undefined,
  [Symbol.dispose]: () => undefined,
}

const RANK: Record<PresenceState, number> = { offline: 0, away: 1, online: 2 }

export const livelier = (one: PresenceState, other: PresenceState): PresenceState =>
  RANK[one] >= RANK[other] ? one : other
