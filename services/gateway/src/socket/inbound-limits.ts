import { type Refill, TokenBucket } from '../token-bucket.ts'

const FRAMES: Refill = { burst: 300, perSecond: 60 }
/** Who owes this much did not overshoot but floods. */
const FLOOD_DEBT = 600
/** What a frame costs us beside the others. */
const COST: Record<string, number> = { sync: 20, authenticate: 5, watch: 5 }

const BAD_FRAMES_MAX = 20
const BAD_FRAMES_WINDOW_MS = 10_000
const TYPING_INTERVAL_MS = 1000
const TYPING_REMEMBERED = 50

/** What one connection may send. Made with its first frame, for most sockets never send one. */
export class InboundLimits {
  readonly #frames: TokenBucket | undefined
  readonly #badAt: number[] = []
  #typedAt: Map<string, number> | undefined

  constructor(mode: 'limited' | 'unlimited', now: number) {
    this.#frames = mode === 'limited' ? new TokenBucket(FRAMES, now) : undefined
  }

  admit(frameType: unknown, now: number): 'admitted' | 'refused' | 'flood' {
    const frames = this.#frames
    const cost = (typeof frameType === 'string' && COST[frameType]) || 1
    if (!frames || frames.take(cost, now, FLOOD_DEBT)) return 'admitted'
    return frames.left <= -FLOOD_DEBT ? 'flood' : 'refused'
  }

  /** Counts a bad frame and tells whether there were too many within the window. */
  countBad(now: number): 'bearable' | 'too-many' {
    this.#badAt.push(now)
    if (this.#badAt.length < BAD_FRAMES_MAX) return 'bearable'
    const first = this.#badAt.shift() ?? now
    return now - first <= BAD_FRAMES_WINDOW_MS ? 'too-many' : 'bearable'
  }

  mayType(conversationId: string, now: number): boolean {
    this.#typedAt ??= new Map()
    if (now - (this.#typedAt.get(conversationId) ?? -Infinity) < TYPING_INTERVAL_MS) return false
    if (this.#typedAt.size >= TYPING_REMEMBERED) this.#typedAt.clear()
    this.#typedAt.set(conversationId, now)
    return true
  }
}
