import type { SyncAnswer, SyncCursors } from '@chatapp/protocol'
import { backOffMs } from '../back-off.ts'
import { type Clock, pause } from '../clock.ts'
import { askedPauseMs, isRetryable } from '../http/errors.ts'
import type { Cursors } from './cursors.ts'
import type { LogEvent } from './events.ts'

export interface CatchUpOptions {
  cursors: Cursors
  sync: (cursors: SyncCursors, signal: AbortSignal) => Promise<SyncAnswer>
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
        for (const asked of cursors.ask()) await this.#sync(asked, signal)
        if (!cursors.isBehind) return
        if (round > 0) await pause(clock, backOffMs(round, random), signal)
      }
    } finally {
      if (this.#running === signal) this.#running = null
    }
  }

  async #sync(asked: SyncCursors, signal: AbortSignal): Promise<void> {
    const { cursors, emit, sync, clock, random } = this.#options
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const answer = await sync(asked, signal)
        if (!signal.aborted) emit(cursors.synced(answer, asked))
        return
      } catch (error) {
        if (!isRetryable(error)) throw error
        const ms = Math.max(backOffMs(attempt, random), askedPauseMs(error) ?? 0)
        await pause(clock, ms, signal)
      }
    }
  }
}
