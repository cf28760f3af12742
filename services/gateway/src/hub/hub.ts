import {
  ChatError,
  type MessagesApi,
  type Missed,
  type Standing,
  type UserEvent,
} from '@chatapp/protocol'
import type { Bus, Logger } from '@chatapp/service-kit'
import type { Outlet } from '../outlet.ts'
import type { Turn } from '../turn.ts'
import { Healer } from './healer.ts'
import { Person, type Place, type View } from './person.ts'
import { tellLostReceipts } from './receipts.ts'
import { Rechecks } from './rechecks.ts'
import { Room, type RoomHost } from './room.ts'

/** A room without sockets keeps listening for so long, for those who only reconnect. */
const EMPTY_ROOM_GRACE_MS = 5000
/** Each look opens the rooms that the one before has found; hardly anybody needs a third. */
const LOOKS_MAX = 10

interface HubOptions {
  bus: Bus
  messages: Pick<MessagesApi, 'standings' | 'heads' | 'missed' | 'receiptsWithin'>
  turn: Turn
  log: Logger
  now: () => number
  onDelivered: (frames: number) => void
}

/** Somebody whose rooms all listen already; the socket may take its place at once. */
export interface Arrival {
  seat(outlet: Outlet): void
  abandon(): void
}

/** Who of this process follows which conversation. */
export class Hub {
  readonly #options: HubOptions
  readonly #people = new Map<string, Person>()
  readonly #rooms = new Map<string, Room>()
  readonly #emptySince = new Map<Room, number>()
  readonly #host: RoomHost
  readonly #healer: Healer
  readonly #rechecks: Rechecks
  readonly #recoveries: Disposable
  /** When each that goes on began, the oldest first. */
  readonly #asks = new Set<{ since: number }>()

  constructor(options: HubOptions) {
    this.#options = options
    this.#host = {
      joinedPosition: (room, userId) => this.#people.get(userId)?.rooms.get(room) ?? 0,
      ended: (room, userId, news) => this.#onEnded(room, userId, news),
      delivered: options.onDelivered,
      missing: (room) => this.#healer.heal(room),
    }
    const { bus, messages, log, now } = options
    this.#rechecks = new Rechecks({
      now,
      log,
      people: () => this.#people.values(),
      check: (person) => this.#check(person),
    })
    this.#healer = new Healer({
      messages,
      log,
      now,
      rooms: () => this.#rooms.values(),
      isHearing: () => bus.isWhole,
      fill: (room, missed) => this.#fill(room, missed),
    })
    this.#recoveries = bus.onRecovery((lostMs) => void this.#recover(lostMs))
  }

  /**
   * Prepares a place for one more socket of a user: from its seat on it misses nothing. Throws
   * `overloaded` when the rooms change faster than they can be asked for.
   */
  async arrive(userId: string): Promise<Arrival> {
    const person = this.#personOf(userId)
    const endAsking = this.#beginAsking(person)
    try {
      await person.subscription.ready
      const view = await this.#look(person)
      return {
        seat: (outlet) => {
          this.#reconcile(person, view)
          person.outlets = [...person.outlets, outlet]
          for (const room of person.rooms.keys()) this.#addTo(room, outlet)
          endAsking()
        },
        abandon: endAsking,
      }
    } catch (error) {
      endAsking()
      throw error
    }
  }

  remove(outlet: Outlet): void {
    const person = this.#people.get(outlet.userId)
    if (!person?.outlets.includes(outlet)) return
    person.outlets = person.outlets.filter((other) => other !== outlet)
    for (const room of person.rooms.keys()) this.#removeFrom(room, outlet)
    if (person.outlets.length === 0) person.rooms.clear()
    this.#forgetIfGone(person)
  }

  /** Stops listening for conversations that nobody here has followed for a while. */
  sweep(): void {
    const [oldestAsk] = this.#asks
    // Whoever asks for a long time finds the rooms again that were opened for the answer.
    const longAgo = (oldestAsk?.since ?? this.#options.now()) - EMPTY_ROOM_GRACE_MS
    for (const [room, since] of this.#emptySince) if (since <= longAgo) this.#dispose(room)
    this.#healer.sweep()
    this.#rechecks.sweep()
  }

  [Symbol.dispose](): void {
    this.#recoveries[Symbol.dispose]()
    for (const room of this.#rooms.values()) this.#dispose(room)
    for (const person of this.#people.values()) person.subscription.unsubscribe()
    this.#people.clear()
  }

  /**
   * Asks for the standings while every room in the answer listens. Otherwise a removal between the
   * answer and the first event heard would leave somebody in a room that they were put out of.
   */
  async #look(person: Person): Promise<View> {
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      const changesFrom = person.changesSoFar
      const standings = await this.#options.messages.standings(person.userId)
      const deaf = standings
        .map((standing) => this.#roomOf(standing.conversationId))
        .filter((room) => !room.isListening)
      if (deaf.length === 0) {
        for (const { conversationId, version } of standings)
          this.#rooms.get(conversationId)?.begin(version)
        return { standings, changesFrom }
      }
      await Promise.all(deaf.map((room) => room.listening))
    }
    throw new ChatError('overloaded', 'Too much changes right now; try again.', { retryAfter: 1 })
  }

  #reconcile(person: Person, view: View): void {
    const wanted = person.bringUpToDate(view)
    for (const room of person.rooms.keys())
      if (!wanted.has(room.conversationId)) this.#leave(person, room)
    for (const standing of wanted.values()) this.#enter(person, standing)
  }

  #enter(person: Person, { conversationId, joinedPosition, version }: Place): void {
    const room = this.#roomOf(conversationId)
    room.begin(version)
    // Until it listened to Redis, frames may have passed it by.
    if (!room.isListening) this.#healer.suspect(room)
    const wasHere = person.rooms.has(room)
    person.rooms.set(room, joinedPosition)
    room.noteJoin(joinedPosition)
    if (!wasHere) for (const outlet of person.outlets) this.#addTo(room, outlet)
  }

  #leave(person: Person, room: Room): void {
    if (!person.rooms.delete(room)) return
    for (const outlet of person.outlets) this.#removeFrom(room, outlet)
  }

  #onUserEvent = (person: Person, event: UserEvent): void => {
    if (event.type === 'joined') this.#onJoined(person, event.standing)
    else person.tell(event.json)
  }

  #onJoined(person: Person, standing: Standing): void {
    person.note({ kind: 'joined', ...standing })
    if (person.outlets.length === 0) return
    const room = this.#roomOf(standing.conversationId)
    // What is older than what we heard since may be over: the one who joined may be out again.
    if (room.version > standing.version && !person.rooms.has(room))
      return void this.#rechecks.ask(person)
    this.#healer.suspect(room)
    this.#enter(person, standing)
  }

  /** First who is here, then what was said: members see what came after they joined. */
  #fill(room: Room, missed: Missed): void {
    for (const standing of missed.joined) {
      const person = this.#people.get(standing.userId)
      if (person) this.#onJoined(person, standing)
    }
    room.fill(missed)
  }

  /** News were lost for a while: those of joining and of being removed, too. */
  async #recover(lostMs: number): Promise<void> {
    this.#healer.suspectAll()
    await this.#rechecks.askForAll()
    await tellLostReceipts({ ...this.#options, rooms: this.#rooms.values() }, lostMs)
  }

  #onEnded(room: Room, userId: string, news: 'certain' | 'doubtful'): void {
    const person = this.#people.get(userId)
    if (!person) return
    person.note({ kind: 'left', conversationId: room.conversationId })
    this.#leave(person, room)
    if (news === 'doubtful') void this.#rechecks.ask(person)
  }

  /** Out first, then asked: whoever is still a member comes back in a moment. */
  async #check(person: Person): Promise<void> {
    const endAsking = this.#beginAsking(person)
    try {
      const view = await this.#look(person)
      if (person.outlets.length > 0) this.#bringBack(person, view)
    } finally {
      endAsking()
    }
  }

  /** What was said in a room before the person came in has passed them by: let them ask. */
  #bringBack(person: Person, view: View): void {
    const before = new Set(person.rooms.keys())
    this.#reconcile(person, view)
    for (const room of person.rooms.keys()) if (!before.has(room)) person.tell(room.headFrame())
  }

  #personOf(userId: string): Person {
    const known = this.#people.get(userId)
    if (known) return known
    const person = new Person(userId, this.#options.bus, this.#onUserEvent)
    this.#people.set(userId, person)
    return person
  }

  /** Call the answer once it is over. */
  #beginAsking(person: Person): () => void {
    const ask = { since: this.#options.now() }
    this.#asks.add(ask)
    person.beginAsking()
    return () => {
      this.#asks.delete(ask)
      person.endAsking()
      this.#forgetIfGone(person)
    }
  }

  #forgetIfGone(person: Person): void {
    if (!person.isGone || this.#people.get(person.userId) !== person) return
    person.subscription.unsubscribe()
    this.#people.delete(person.userId)
  }

  #roomOf(conversationId: string): Room {
    const known = this.#rooms.get(conversationId)
    if (known) return known
    const { bus, turn } = this.#options
    const room = new Room({ conversationId, bus, turn, host: this.#host })
    this.#rooms.set(conversationId, room)
    this.#emptySince.set(room, this.#options.now())
    // Who waits for it learns of the failure; the next one tries with a new room.
    room.listening.catch(() => this.#dispose(room))
    return room
  }

  #addTo(room: Room, outlet: Outlet): void {
    room.add(outlet)
    this.#emptySince.delete(room)
  }

  #removeFrom(room: Room, outlet: Outlet): void {
    room.remove(outlet)
    if (room.isEmpty) this.#emptySince.set(room, this.#options.now())
  }

  #dispose(room: Room): void {
    this.#emptySince.delete(room)
    this.#healer.forget(room)
    if (this.#rooms.get(room.conversationId) === room) this.#rooms.delete(room.conversationId)
    room[Symbol.dispose]()
  }
}
