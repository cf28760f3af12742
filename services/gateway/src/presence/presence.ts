import type { PresenceState } from '@chatapp/protocol'
import type { Outlet } from '../outlet.ts'
import { encodeFrame } from '../wire.ts'
import { type Elsewhere, livelier } from './elsewhere.ts'

const AWAY_AFTER_MS = 5 * 60_000
/** A reload or a change of network is not an absence. */
const OFFLINE_AFTER_MS = 2000

interface Present {
  sockets: number
  activeAt: number
  state: 'online' | 'away'
}

/** Somebody, and since when they have done nothing. */
export type Idle = [userId: string, idleMs: number]

interface PresenceOptions {
  now: () => number
  /** How people are elsewhere is told by the one who is made with the given listener. */
  open: (onChange: (userId: string) => void) => Elsewhere
  /** Told of those who have gone. */
  onGone: (people: Idle[]) => void
}

/** Who is there, told as it changes to the sockets that watch them and to nobody else. */
export class Presence {
  readonly #now: () => number
  readonly #present = new Map<string, Present>()
  /** People whose last socket closed, and when. */
  readonly #leaving = new Map<string, number>()
  readonly #watchers = new Map<string, Set<Outlet>>()
  readonly #watched = new Map<Outlet, Set<string>>()
  readonly #elsewhere: Elsewhere
  readonly #onGone: PresenceOptions['onGone']
  /** What watchers were told last. */
  readonly #told = new Map<string, PresenceState>()

  constructor({ now, open, onGone }: PresenceOptions) {
    this.#now = now
    this.#onGone = onGone
    this.#elsewhere = open((userId) => this.#announce(userId))
  }

  arrive(userId: string): void {
    const present = this.#present.get(userId)
    this.#leaving.delete(userId)
    if (present) {
      present.sockets++
      this.act(userId)
    } else {
      this.#present.set(userId, { sockets: 1, activeAt: this.#now(), state: 'online' })
      this.#tell(userId, 'online')
    }
  }

  leave(outlet: Outlet): void {
    this.#unwatch(outlet)
    const present = this.#present.get(outlet.userId)
    if (!present) return
    present.sockets--
    if (present.sockets === 0) this.#leaving.set(outlet.userId, this.#now())
  }

  /** Undefined: not connected to this gateway, not even a moment ago. */
  idleMs(userId: string): number | undefined {
    const present = this.#present.get(userId)
    return present && this.#now() - present.activeAt
  }

  /** The person did something, not only their device. */
  act(userId: string): void {
    const present = this.#present.get(userId)
    if (!present) return
    present.activeAt = this.#now()
    this.#change(userId, present, 'online')
  }

  /** Replaces the people whom this socket watches and tells it how they are now. */
  watch(outlet: Outlet, userIds: string[]): void {
    this.#unwatch(outlet)
    const watched = new Set(userIds)
    if (watched.size === 0) return
    this.#watched.set(outlet, watched)
    for (const userId of watched) {
      const watchers = this.#watchers.get(userId) ?? new Set()
      this.#watchers.set(userId, watchers.add(outlet))
      const asking = this.#elsewhere.watch(userId)
      if (asking && this.#stateOf(userId) !== 'online')
        void asking.then(() => this.#answer(outlet, userId))
      else this.#answer(outlet, userId)
    }
  }

  sweep(): void {
    const now = this.#now()
    this.#letGo(now)
    for (const [userId, present] of this.#present)
      if (now - present.activeAt > AWAY_AFTER_MS) this.#change(userId, present, 'away')
    this.#elsewhere.sweep(this.#present)
  }

  [Symbol.dispose](): void {
    this.#elsewhere[Symbol.dispose]()
  }

  #letGo(now: number): void {
    const gone: Idle[] = []
    for (const [userId, since] of this.#leaving) {
      if (now - since < OFFLINE_AFTER_MS) continue
      gone.push([userId, this.idleMs(userId) ?? 0])
      this.#leaving.delete(userId)
      this.#present.delete(userId)
      this.#tell(userId, 'offline')
    }
    this.#onGone(gone)
  }

  #change(userId: string, present: Present, state: Present['state']): void {
    if (present.state === state) return
    present.state = state
    this.#tell(userId, state)
  }

  #stateOf(userId: string): PresenceState {
    const here = this.#present.get(userId)?.state ?? 'offline'
    return livelier(here, this.#elsewhere.stateOf(userId))
  }

  /** How somebody is, unless the socket has turned to others meanwhile. */
  #answer(outlet: Outlet, userId: string): void {
    if (!this.#watchers.get(userId)?.has(outlet)) return
    const state = this.#stateOf(userId)
    this.#told.set(userId, state)
    outlet.say({ type: 'presence', userId, state })
  }

  #tell(userId: string, state: PresenceState): void {
    this.#elsewhere.tell(userId, state)
    this.#announce(userId)
  }

  #announce(userId: string): void {
    const watchers = this.#watchers.get(userId)
    const state = this.#stateOf(userId)
    // Whoever was not told anything yet is about to be.
    const told = this.#told.get(userId)
    if (!watchers || told === undefined || told === state) return
    this.#told.set(userId, state)
    const frame = encodeFrame({ type: 'presence', userId, state })
    for (const outlet of watchers) if (!outlet.isBehind) outlet.push(frame)
  }

  #unwatch(outlet: Outlet): void {
    const watched = this.#watched.get(outlet)
    if (!watched) return
    this.#watched.delete(outlet)
    for (const userId of watched) {
      const watchers = this.#watchers.get(userId)
      watchers?.delete(outlet)
      if (watchers?.size !== 0) continue
      this.#watchers.delete(userId)
      this.#told.delete(userId)
      this.#elsewhere.unwatch(userId)
    }
  }
}
