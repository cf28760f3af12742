import type { InboundFrameInput } from '@chatapp/protocol'
import type { Clock } from '../clock.ts'

/** Others show typing for some seconds: to repeat it sooner tells nothing. */
const TYPING_PAUSE_MS = 3_000

/** What is told now or never, typing, whose presence I look at, and what is in front of me. */
export class Signals {
  #clock: Clock
  #send: (frame: InboundFrameInput) => boolean
  #typedAt = new Map<string, number>()
  #watched: string[] = []
  #focused: string | null = null

  constructor(clock: Clock, send: (frame: InboundFrameInput) => boolean) {
    this.#clock = clock
    this.#send = send
  }

  typing(conversationId: string): void {
    const now = this.#clock.now()
    const before = this.#typedAt.get(conversationId)
    if (before !== undefined && now - before < TYPING_PAUSE_MS) return
    if (this.#send({ type: 'typing', conversationId })) this.#typedAt.set(conversationId, now)
  }

  /** A sent message ends the typing before it. */
  stopTyping(conversationId: string): void {
    this.#typedAt.delete(conversationId)
  }

  watch(userIds: string[]): void {
    this.#watched = [...userIds]
    this.#send({ type: 'watch', userIds: this.#watched })
  }

  focus(conversationId: string | null): void {
    if (conversationId === this.#focused) return
    this.#focused = conversationId
    this.#send({ type: 'focus', conversationId })
  }

  resume(): void {
    if (this.#watched.length > 0) this.watch(this.#watched)
    if (this.#focused !== null) this.#send({ type: 'focus', conversationId: this.#focused })
  }
}
