import type { Logger } from '@chatapp/service-kit'
import type { Person } from './person.ts'

/** After an outage everybody's place is asked for anew. */
const AT_ONCE = 16
/** Redis may lose news of a joining unnoticed; nothing else tells a gateway without other members. */
const ALL_EVERY_MS = 5 * 60_000
/** Whose place could not be asked for is in doubt: soon, but not in a storm of all gateways. */
const AGAIN_AFTER_MS = 2_000

interface RechecksOptions {
  now: () => number
  log: Logger
  /** Everybody with sockets. */
  people: () => Iterable<Person>
  /** Asks in which rooms a person is, and puts them there; throws when it can't. */
  check: (person: Person) => Promise<void>
}

/** Asks where people are members when news of it may have been lost, until each was answered. */
export class Rechecks {
  readonly #options: RechecksOptions
  readonly #unanswered = new Set<Person>()
  #allAt: number
  #againAt = 0

  constructor(options: RechecksOptions) {
    this.#options = options
    // The gateways of one start don't ask at the same moment.
    this.#allAt = options.now() - Math.random() * ALL_EVERY_MS
  }

  /** Whoever is asked for in vain is asked for again. */
  async ask(person: Person): Promise<void> {
    const { log, now, check } = this.#options
    this.#unanswered.delete(person)
    try {
      await check(person)
    } catch (error) {
      log.warn({ err: error, userId: person.userId }, 'standings could not be checked')
      this.#unanswered.add(person)
      this.#againAt = now() + AGAIN_AFTER_MS * (0.5 + Math.random())
    }
  }

  async askForAll(): Promise<void> {
    this.#allAt = this.#options.now()
    await this.#askFor(this.#options.people())
  }

  sweep(): void {
    const now = this.#options.now()
    if (now - this.#allAt > ALL_EVERY_MS) void this.askForAll()
    else if (this.#unanswered.size > 0 && now >= this.#againAt) {
      const again = [...this.#unanswered]
      this.#unanswered.clear()
      void this.#askFor(again)
    }
  }

  async #askFor(people: Iterable<Person>): Promise<void> {
    const queue = people[Symbol.iterator]()
    const askNext = async () => {
      for (let next = queue.next(); !next.done; next = queue.next())
        if (next.value.outlets.length > 0) await this.ask(next.value)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, askNext))
  }
}
