import type { Standing, UserEvent } from '@chatapp/protocol'
import type { Bus, Subscription } from '@chatapp/service-kit'
import type { Outlet } from '../outlet.ts'
import { encodeFrames } from '../wire.ts'
import type { Room } from './room.ts'

/** Where somebody is a member, as far as this process has to know it. */
export type Place = Omit<Standing, 'userId'>

type Change = ({ kind: 'joined' } & Place) | { kind: 'left'; conversationId: string }

/** What was stored when we asked, and from which change on it has to be brought up to date. */
export interface View {
  standings: Standing[]
  changesFrom: number
}

/** A user with sockets in this process. All of them are in the same rooms. */
export class Person {
  readonly userId: string
  readonly subscription: Subscription
  /** Replaced, never changed: an array of one element stays that small. */
  outlets: readonly Outlet[] = []
  /** Each room with the position at which the person joined. */
  readonly rooms = new Map<Room, number>()
  /** How many are asking for the standings now; meanwhile changes are kept. */
  #asking = 0
  #changes: Change[] = []

  constructor(userId: string, bus: Bus, onEvent: (person: Person, event: UserEvent) => void) {
    this.userId = userId
    this.subscription = bus.subscribe(`user:${userId}`, (event) => onEvent(this, event))
  }

  get isGone(): boolean {
    return this.outlets.length === 0 && this.#asking === 0
  }

  /** Says it to every device of this person. */
  tell(text: string): void {
    const frames = encodeFrames([text])
    for (const outlet of this.outlets) outlet.push(frames)
  }

  beginAsking(): void {
    this.#asking++
  }

  endAsking(): void {
    this.#asking--
    if (this.#asking === 0) this.#changes = []
  }

  note(change: Change): void {
    if (this.#asking > 0) this.#changes.push(change)
  }

  get changesSoFar(): number {
    return this.#changes.length
  }

  /** The places of the view by conversation, as of now. */
  bringUpToDate({ standings, changesFrom }: View): Map<string, Place> {
    const now = new Map<string, Place>(standings.map((s) => [s.conversationId, s]))
    for (const change of this.#changes.slice(changesFrom)) {
      if (change.kind === 'joined') now.set(change.conversationId, change)
      else now.delete(change.conversationId)
    }
    return now
  }
}
