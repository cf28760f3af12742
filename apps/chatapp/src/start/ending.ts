import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@chatapp/service-kit'
import { isExpected, toSentence } from '../failure.ts'

export type Ending = { kind: 'asked'; signal: NodeJS.Signals } | { kind: 'failed'; error: unknown }

/** The longest a drain may take before the process ends by force. */
const GRACE_MS = 10_000
/** npm passes a terminal's Ctrl-C on to us, who got it already: that is no second one. */
const SAME_KEYPRESS_MS = 500

/** Why and when this process has to end. */
export class EndWatch {
  readonly #abort = new AbortController()
  readonly #ending = Promise.withResolvers<Ending>()
  readonly #log: Logger
  #firstAt: number | undefined

  constructor(log: Logger) {
    this.#log = log
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => this.#asked(signal))
    process.on('uncaughtException', (error) => this.fail(error))
    process.on('unhandledRejection', (reason) => this.fail(reason))
  }

  /** Aborted as soon as the process has to end. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get ending(): Promise<Ending> {
    return this.#ending.promise
  }

  fail(error: unknown): void {
    if (isExpected(error)) this.#log.fatal(toSentence(error))
    else this.#log.fatal({ err: error }, 'ChatApp has to end')
    this.#end({ kind: 'failed', error })
  }

  #asked(signal: NodeJS.Signals): void {
    const now = performance.now()
    if (this.#firstAt !== undefined && now - this.#firstAt > SAME_KEYPRESS_MS) process.exit(1)
    this.#firstAt ??= now
    this.#log.info(`${signal}: draining`)
    this.#end({ kind: 'asked', signal })
  }

  #end(ending: Ending): void {
    this.#ending.resolve(ending)
    this.#abort.abort(new Error('ChatApp was asked to end'))
  }
}

/** Closes in order within the grace period, or ends the process by force. */
export async function closeInTime(product: AsyncDisposable, log: Logger): Promise<void> {
  const timeUp = sleep(GRACE_MS, 'too long' as const, { ref: false })
  if ((await Promise.race([product[Symbol.asyncDispose](), timeUp])) !== 'too long') return
  log.error(`closing took more than ${GRACE_MS / 1000} s`)
  process.exit(1)
}
