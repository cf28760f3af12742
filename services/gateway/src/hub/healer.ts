import type { MessagesApi, Missed } from '@chatapp/protocol'
import type { Logger } from '@chatapp/service-kit'
import type { Room } from './room.ts'

/** News may get lost without anybody noticing: within so long everybody has them all the same. */
const LOOK_AT_ALL_MS = 30_000
const HEADS_A_CALL = 1000
/** Each reads a log; the rest of the work must not wait for them. */
const FILLS_AT_ONCE = 8

interface HealerOptions {
  messages: Pick<MessagesApi, 'heads' | 'missed'>
  log: Logger
  now: () => number
  /** Every room with sockets. */
  rooms: () => Iterable<Room>
  /** False while nothing arrives from other processes: then we look all the time. */
  isHearing: () => boolean
  fill: (room: Room, missed: Missed) => void
}

/** Compares what the rooms know with what is stored, and fetches what did not arrive. */
export class Healer {
  readonly #options: HealerOptions
  /** Rooms to look at, with the head that they should have reached since, if it is known. */
  #suspects = new Map<Room, number>()
  /** Rooms that have missed something, in the order in which that was noticed. */
  readonly #overdue = new Set<Room>()
  readonly #filling = new Set<Room>()
  #looking: 'no' | 'now' = 'no'
  #lookedAtAllAt: number

  constructor(options: HealerOptions) {
    this.#options = options
    // The gateways of one start don't look at the same moment.
    this.#lookedAtAllAt = options.now() - Math.random() * LOOK_AT_ALL_MS
  }

  /** Looks at the room soon. */
  suspect(room: Room): void {
    if (!this.#suspects.has(room)) this.#suspects.set(room, 0)
  }

  suspectAll(): void {
    this.#lookedAtAllAt = this.#options.now()
    for (const room of this.#options.rooms()) this.suspect(room)
  }

  forget(room: Room): void {
    this.#suspects.delete(room)
    this.#overdue.delete(room)
  }

  sweep(): void {
    const { now, isHearing } = this.#options
    if (!isHearing() || now() - this.#lookedAtAllAt > LOOK_AT_ALL_MS) this.suspectAll()
    if (this.#suspects.size > 0 && this.#looking === 'no') void this.#look()
  }

  /** Fetches what the room has missed, when its turn comes; failing that, looks at it again. */
  heal(room: Room): void {
    this.#overdue.add(room)
    this.#healNext()
  }

  #healNext(): void {
    for (const room of this.#overdue) {
      if (this.#filling.size >= FILLS_AT_ONCE) return
      if (this.#filling.has(room)) continue
      this.#overdue.delete(room)
      void this.#fill(room)
    }
  }

  async #fill(room: Room): Promise<void> {
    this.#filling.add(room)
    try {
      const missed = await this.#options.messages.missed(room.conversationId, room.version)
      if (missed.version > room.version) this.#options.fill(room, missed)
    } catch (error) {
      this.#options.log.warn({ err: error }, 'what was missed could not be fetched')
      this.#suspects.set(room, room.version + 1)
    } finally {
      this.#filling.delete(room)
      this.#healNext()
    }
  }

  async #look(): Promise<void> {
    this.#looking = 'now'
    const suspects = [...this.#suspects]
    this.#suspects = new Map()
    try {
      for (let i = 0; i < suspects.length; i += HEADS_A_CALL)
        await this.#compare(suspects.slice(i, i + HEADS_A_CALL))
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the heads could not be compared')
      for (const [room] of suspects) this.suspect(room)
    } finally {
      this.#looking = 'no'
    }
  }

  async #compare(suspects: [Room, number][]): Promise<void> {
    const heads = await this.#options.messages.heads(suspects.map(([r]) => r.conversationId))
    for (const [room, expected] of suspects) {
      const head = heads[room.conversationId] ?? 0
      room.begin(head)
      if (head <= room.version) continue
      // What was stored a moment ago may be on its way still.
      const isOverdue = expected > room.version || !this.#options.isHearing()
      if (isOverdue) this.heal(room)
      else this.#suspects.set(room, head)
    }
  }
}
