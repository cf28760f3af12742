import type { ConversationEvent, FrameOf, LogFrame, Missed, PassingFrame } from '@chatapp/protocol'
import type { Bus, Subscription } from '@chatapp/service-kit'
import type { Outlet } from '../outlet.ts'
import type { Turn } from '../turn.ts'
import { encodeFrames } from '../wire.ts'
import { Sequence } from './sequence.ts'

/** An earlier frame published by another process is just late for so long. */
const LATE_MS = 100
/**
 * A write to a socket takes 3 to 5 µs of the core, however much is in it (`npm run bench -- split`):
 * resting for about twice as long as writing took, a large room leaves most of it to everything else.
 */
const REST_OF_SOCKET_MS = 0.01
/** Nobody in a room of thousands notices so much. */
const REST_MAX_MS = 25

/** What a room asks of the hub that it is in. */
export interface RoomHost {
  /** Where this person joined; what came after is theirs to see. */
  joinedPosition(room: Room, userId: string): number
  /** `doubtful`: out of order, so they may have come back since. */
  ended(room: Room, userId: string, news: 'certain' | 'doubtful'): void
  delivered(frames: number): void
  /** A frame is missing, and it is not just late. */
  missing(room: Room): void
}

interface RoomOptions {
  conversationId: string
  bus: Bus
  turn: Turn
  host: RoomHost
}

/** The sockets of this process that follow one conversation, and what they are told. */
export class Room {
  readonly conversationId: string
  /** Resolves when every event from then on arrives. */
  readonly listening: Promise<void>
  isListening = false
  readonly #turn: Turn
  readonly #host: RoomHost
  readonly #subscription: Subscription
  readonly #sequence = new Sequence<LogFrame>()
  readonly #outlets = new Set<Outlet>()
  #texts: string[] = []
  #latestJoin = 0
  #gap: NodeJS.Timeout | undefined
  #rest: NodeJS.Timeout | undefined
  #restUntil = 0

  constructor({ conversationId, bus, turn, host }: RoomOptions) {
    this.conversationId = conversationId
    this.#turn = turn
    this.#host = host
    this.#subscription = bus.subscribe(`conversation:${conversationId}`, this.#receive)
    this.listening = this.#subscription.ready.then(() => {
      this.isListening = true
    })
  }

  /** The last version that the sockets here were told of. */
  get version(): number {
    return this.#sequence.version
  }

  get isEmpty(): boolean {
    return this.#outlets.size === 0
  }

  add(outlet: Outlet): void {
    this.flush()
    this.#outlets.add(outlet)
  }

  remove(outlet: Outlet): void {
    this.flush()
    this.#outlets.delete(outlet)
  }

  /** Somebody here joined at this position. */
  noteJoin(position: number): void {
    this.#latestJoin = Math.max(this.#latestJoin, position)
  }

  /** Everything up to this version is known to whoever is here. */
  begin(version: number): void {
    this.#sequence.begin(version)
  }

  /** Tells what was missed; when some of it can't be told, that there is more. */
  fill({ frames, version }: Missed): void {
    const due = this.#sequence.fill(frames, version)
    for (const frame of due) this.#deliver(frame, 'doubtful')
    if (due.some((frame) => frame.version >= version)) return
    this.#tell(this.headFrame(version))
  }

  /** Tells what is not in the log. */
  pass(frame: PassingFrame): void {
    if (frame.droppable || this.#hasNewcomers(frame)) this.#tellApart(frame)
    else this.#tell(frame.json)
  }

  /** Says that there is something up to this version. */
  headFrame(version = this.version): string {
    const head: FrameOf<'head'> = { type: 'head', conversationId: this.conversationId, version }
    return JSON.stringify(head)
  }

  /** Hands this turn's frames to every socket, as one buffer that all of them share. */
  flush(): void {
    const texts = this.#texts
    if (texts.length === 0) return
    this.#texts = []
    if (this.isEmpty) return
    const frames = encodeFrames(texts)
    for (const outlet of this.#outlets) outlet.push(frames)
    this.#host.delivered(texts.length * this.#outlets.size)
    const rest = Math.min(this.#outlets.size * REST_OF_SOCKET_MS, REST_MAX_MS)
    if (rest >= 1) this.#restUntil = performance.now() + rest
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#gap)
    clearTimeout(this.#rest)
    this.#subscription.unsubscribe()
  }

  #receive = (event: ConversationEvent): void => {
    if (event.type === 'passing') this.pass(event)
    else this.#order(event)
  }

  #order(event: LogFrame): void {
    const inOrder = this.#sequence.accept(event)
    if (inOrder === 'late') this.#end(event, 'doubtful')
    else for (const frame of inOrder) this.#deliver(frame, frame === event ? 'certain' : 'doubtful')
    if (this.#sequence.isWaiting) this.#gap ??= setTimeout(this.#giveUpGap, LATE_MS)
    else this.#forgetGap()
  }

  #forgetGap(): void {
    if (this.#gap === undefined) return
    clearTimeout(this.#gap)
    this.#gap = undefined
  }

  #giveUpGap = (): void => {
    this.#gap = undefined
    this.#host.missing(this)
  }

  #deliver(frame: LogFrame, news: 'certain' | 'doubtful'): void {
    if (this.#hasNewcomers(frame)) this.#tellApart(frame)
    else this.#tell(frame.json)
    if (frame.ended) this.#end(frame, news)
  }

  #tell(text: string): void {
    if (this.isEmpty) return
    if (this.#texts.length === 0) this.#flushSoon()
    this.#texts.push(text)
  }

  /** At the end of this turn; in a large room, after its rest, with all that came meanwhile. */
  #flushSoon(): void {
    if (this.#rest !== undefined) return
    const left = this.#restUntil === 0 ? 0 : this.#restUntil - performance.now()
    if (left <= 0) this.#turn.addRoom(this)
    else
      this.#rest = setTimeout(() => {
        this.#rest = undefined
        this.flush()
      }, left)
  }

  #hasNewcomers({ newcomers }: ConversationEvent): boolean {
    return newcomers !== undefined && newcomers.joinedFrom <= this.#latestJoin
  }

  /** The slow way, for a frame that not everybody gets: still in order with the shared ones. */
  #tellApart(frame: ConversationEvent): void {
    this.flush()
    const forMost = encodeFrames([frame.json])
    const forNewcomers = frame.newcomers?.json ? encodeFrames([frame.newcomers.json]) : undefined
    let delivered = 0
    for (const outlet of this.#outlets) {
      if (frame.type === 'passing' && frame.droppable && !wants(outlet, frame)) continue
      const frames = this.#isNewcomer(outlet, frame) ? forNewcomers : forMost
      if (!frames) continue
      outlet.push(frames)
      delivered++
    }
    this.#host.delivered(delivered)
  }

  #isNewcomer(outlet: Outlet, { newcomers }: ConversationEvent): boolean {
    return (
      newcomers !== undefined &&
      this.#host.joinedPosition(this, outlet.userId) >= newcomers.joinedFrom
    )
  }

  /** For these people it was the last frame. */
  #end(frame: LogFrame, news: 'certain' | 'doubtful'): void {
    if (!frame.ended) return
    this.flush()
    for (const userId of frame.ended) this.#host.ended(this, userId, news)
  }
}

/** A droppable frame is news of what its author does: not for their own sockets, nor for slow ones. */
function wants(outlet: Outlet, frame: PassingFrame): boolean {
  return outlet.userId !== frame.fromUserId && !outlet.isBehind
}
