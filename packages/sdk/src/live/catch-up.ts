import {
  type Conversation,
  PAGE_LIMIT_MAX,
  type SyncAnswer,
  type SyncCursors,
} from '@chatapp/protocol'
import { backOffMs } from '../back-off.ts'
import { type Clock, pause } from '../clock.ts'
import { askedPauseMs, isRetryable } from '../http/errors.ts'
import { type Page, type PageQuery, pagesOf } from '../http/pages.ts'
import type { Cursors } from './cursors.ts'
import type { LogEvent } from './events.ts'

export interface CatchUpOptions {
  cursors: Cursors
  sync: (cursors: SyncCursors, signal: AbortSignal) => Promise<SyncAnswer>
  list: (query: PageQuery, signal: AbortSignal) => Promise<Page<Conversation>>
  emit: (events: LogEvent[]) => void
  clock: Clock
  random: () => number
}

/**
 * Fetches what the cursors miss. By REST, not by the socket's `sync` frame: an answer must be told
 * from the answers to earlier questions, and a refusal from refusals of other frames.
 */
export class CatchUp {
  #options: CatchUpOptions
  #running: AbortSignal | null = null

  constructor(options: CatchUpOptions) {
    this.#options = options
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  /** Syncs once, then again until nothing is missing. @throws what is not worth a retry */
  async run(signal: AbortSignal): Promise<void> {
    const { cursors, clock, random } = this.#options
    this.#running = signal
    try {
      for (let round = 0; !signal.aborted; round++) {
        const found = await this.#sync(signal)
        if (found === 'some') await this.#findAll(signal)
        if (!cursors.isBehind) return
        if (round > 0) await pause(clock, backOffMs(round, random), signal)
      }
    } finally {
      if (this.#running === signal) this.#running = null
    }
  }

  /** One answer that has all that it was not asked for has everything that is not known here. */
  async #sync(signal: AbortSignal): Promise<'all' | 'some'> {
    const { cursors, emit, sync } = this.#options
    let found: 'all' | 'some' = 'some'
    for (const asked of cursors.ask()) {
      const answer = await this.#insist(() => sync(asked, signal), signal)
      emit(cursors.synced(answer, asked))
      if (!answer.more) found = 'all'
    }
    return found
  }

  async #findAll(signal: AbortSignal): Promise<void> {
    const { cursors, emit, list } = this.#options
    const pages = pagesOf((query) => this.#insist(() => list(query, signal), signal), {
      limit: PAGE_LIMIT_MAX,
    })
    for await (const { items } of pages) emit(cursors.found(items))
    emit(cursors.foundAll())
  }

  /** @throws when it ends before there is an answer */
  async #insist<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { clock, random } = this.#options
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await ask()
        signal.throwIfAborted()
        return answer
      } catch (error) {
        if (signal.aborted || !isRetryable(error)) throw error
        const ms = Math.max(backOffMs(attempt, random), askedPauseMs(error) ?? 0)
        await pause(clock, ms, signal)
        signal.throwIfAborted()
      }
    }
  }
}
