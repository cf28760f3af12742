import type { Conversation, SyncAnswer, SyncCursors } from '@chatapp/protocol'
import { changesOfFrame, changesOfSync, type LogFrame, type SyncedConversation } from './changes.ts'
import type { LogChange, LogEvent } from './events.ts'

/** How far a conversation's log is known: its last version, and its last position. */
export interface Cursor {
  version: number
  position: number
}
export type KnownCursors = Record<string, Cursor>

type Standing =
  | ({ kind: 'current' } & Cursor)
  /** Changes are missing before the frames that wait. */
  | ({ kind: 'behind'; waiting: LogFrame[]; fruitless: number } & Cursor)
  /** Nothing is known of it; sync gives it as `added` if I am in it. */
  | { kind: 'new'; why: 'joined' | 'reset'; waiting: LogFrame[]; isAsked: boolean }

/** So many conversations fit into one request of 64 KiB. */
const CURSORS_PER_REQUEST = 1_000
/** When sync says so often that there is nothing before a waiting frame, there is nothing. */
const FRUITLESS_SYNCS_MAX = 3

/**
 * Knows how far each conversation is known, and turns frames and sync answers into changes: each
 * once, in the order of versions. It neither sends nor waits: `isBehind` says that a sync is due.
 */
export class Cursors {
  #ownId: string
  #standings = new Map<string, Standing>()
  #behind = new Set<string>()

  constructor(ownId: string, known: KnownCursors = {}) {
    this.#ownId = ownId
    for (const [id, cursor] of Object.entries(known)) this.#know(id, cursor)
  }

  get isBehind(): boolean {
    return this.#behind.size > 0
  }

  known(): KnownCursors {
    const cursors: KnownCursors = {}
    for (const [id, standing] of this.#standings) {
      if (standing.kind === 'new') continue
      cursors[id] = { version: standing.version, position: standing.position }
    }
    return cursors
  }

  /** What to ask sync for; together the requests name every conversation that is known. */
  ask(): SyncCursors[] {
    const named: [string, number][] = []
    for (const [id, standing] of this.#standings) {
      if (standing.kind === 'new') standing.isAsked = true
      else named.push([id, standing.version])
    }
    const requests: SyncCursors[] = []
    do requests.push(Object.fromEntries(named.splice(0, CURSORS_PER_REQUEST)))
    while (named.length > 0)
    return requests
  }

  take(frame: LogFrame): LogEvent[] {
    const { conversationId: id, version } = frame
    const standing = this.#standings.get(id)
    if (!standing) {
      if (!this.#endsFor(frame)) this.#renew(id, 'joined', [frame])
      return []
    }
    if (standing.kind !== 'current') {
      standing.waiting.push(frame)
      return []
    }
    if (version <= standing.version) return []
    if (version === standing.version + 1) return this.#apply(frame, standing)
    this.#place(id, { ...standing, kind: 'behind', waiting: [frame], fruitless: 0 })
    return []
  }

  /** The conversation is at this version, as somebody says who knows. */
  hear(id: string, version: number): void {
    const standing = this.#standings.get(id)
    if (!standing) this.#renew(id, 'joined', [])
    else if (standing.kind === 'current' && version > standing.version)
      this.#place(id, { ...standing, kind: 'behind', waiting: [], fruitless: 0 })
  }

  /** Takes the answer to one of the requests of `ask()`. */
  synced(answer: SyncAnswer, asked: SyncCursors): LogEvent[] {
    const answered = new Map(answer.conversations.map((item) => [item.id, item]))
    const known = Object.keys(asked)
      .filter((id) => !answer.unknown.includes(id))
      .flatMap((id) => this.#advance(id, answered.get(id)))
    return [
      ...known,
      ...answer.unknown.flatMap((id) => this.#leave(id)),
      ...this.found(answer.added),
      ...(answer.more ? [] : this.#endAsked()),
    ]
  }

  /** Conversations that I am in, as they are now. */
  found(conversations: Conversation[]): LogEvent[] {
    return conversations.flatMap((conversation) => this.#begin(conversation))
  }

  /**
   * Every page of my conversations was taken. One in which something was said meanwhile may have
   * changed its page: that is asked for once more. The others that were not found are not mine.
   */
  foundAll(): LogEvent[] {
    for (const standing of this.#standings.values()) {
      if (standing.kind !== 'new' || standing.waiting.length === 0) continue
      standing.waiting = []
      standing.isAsked = false
    }
    return this.#endAsked()
  }

  #apply(frame: LogFrame, { position }: Cursor): LogEvent[] {
    const { conversationId: id, version } = frame
    const changes = changesOfFrame(frame)
    this.#know(id, { version, position: lastPosition(changes, position) })
    return this.#endsFor(frame) ? [...changes, ...this.#leave(id)] : changes
  }

  #advance(id: string, item: SyncedConversation | undefined): LogEvent[] {
    const standing = this.#standings.get(id)
    if (!standing || standing.kind === 'new') return []
    const waiting = standing.kind === 'behind' ? standing.waiting : []
    if (item?.reset) {
      this.#renew(id, 'reset', waiting)
      return []
    }
    if (item && item.version > standing.version) {
      const changes = changesOfSync(item, standing)
      const position = lastPosition(changes, standing.position)
      this.#know(id, { version: item.version, position })
      return [...changes, ...this.#takeAll(waiting)]
    }
    return standing.kind === 'behind' ? this.#stayBehind(id, standing) : []
  }

  #stayBehind(id: string, standing: Extract<Standing, { kind: 'behind' }>): LogEvent[] {
    standing.fruitless++
    if (standing.fruitless < FRUITLESS_SYNCS_MAX) return []
    const first = Math.min(...standing.waiting.map((frame) => frame.version))
    const version = Number.isFinite(first)
      ? Math.max(first - 1, standing.version)
      : standing.version
    this.#know(id, { version, position: standing.position })
    return this.#takeAll(standing.waiting)
  }

  #begin(conversation: Conversation): LogEvent[] {
    const { id, version, lastPosition: position } = conversation
    const standing = this.#standings.get(id)
    if (standing && standing.kind !== 'new') return []
    this.#know(id, { version, position })
    const begun: LogEvent =
      standing?.why === 'reset'
        ? { type: 'reset', conversationId: id, conversation }
        : { type: 'joined', conversation, initial: false }
    return [begun, ...this.#takeAll(standing?.waiting ?? [])]
  }

  /** What was asked for and not given is not mine, or no longer. */
  #endAsked(): LogEvent[] {
    const ended = [...this.#standings].filter(([, s]) => s.kind === 'new' && s.isAsked)
    return ended.flatMap(([id]) => this.#leave(id))
  }

  #leave(id: string): LogEvent[] {
    const standing = this.#standings.get(id)
    this.#standings.delete(id)
    this.#behind.delete(id)
    const wasKnown = standing && (standing.kind !== 'new' || standing.why === 'reset')
    return wasKnown ? [{ type: 'left', conversationId: id }] : []
  }

  #takeAll(frames: LogFrame[]): LogEvent[] {
    return frames.sort((a, b) => a.version - b.version).flatMap((frame) => this.take(frame))
  }

  #know(id: string, cursor: Cursor): void {
    this.#place(id, { kind: 'current', ...cursor })
  }

  #renew(id: string, why: 'joined' | 'reset', waiting: LogFrame[]): void {
    this.#place(id, { kind: 'new', why, waiting, isAsked: false })
  }

  #place(id: string, standing: Standing): void {
    this.#standings.set(id, standing)
    if (standing.kind === 'current') this.#behind.delete(id)
    else this.#behind.add(id)
  }

  #endsFor(frame: LogFrame): boolean {
    if (frame.type !== 'participant') return false
    return frame.participants.some(({ userId, left }) => userId === this.#ownId && left)
  }
}

function lastPosition(changes: LogChange[], known: number): number {
  return changes.reduce(
    (last, change) => (change.type === 'message' ? Math.max(last, change.message.position) : last),
    known,
  )
}
