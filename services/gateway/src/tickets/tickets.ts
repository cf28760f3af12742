import { randomBytes } from 'node:crypto'
import { ChatError } from '@chatapp/protocol'
import type { Caller } from '@chatapp/service-kit'

const LIFETIME_MS = 30_000
const TICKETS_MAX = 100_000

interface Ticket {
  caller: Caller
  expiresAt: number
}

/** One-time keys to one socket: a URL may end up in a log, so no token belongs into it. */
export class Tickets {
  readonly #now: () => number
  readonly #tickets = new Map<string, Ticket>()

  constructor(now: () => number) {
    this.#now = now
  }

  issue(caller: Caller): { ticket: string; expiresIn: number } {
    if (this.#tickets.size >= TICKETS_MAX)
      throw new ChatError('overloaded', 'Too many tickets are open; try again.', { retryAfter: 5 })
    const ticket = randomBytes(32).toString('base64url')
    this.#tickets.set(ticket, { caller, expiresAt: this.#now() + LIFETIME_MS })
    return { ticket, expiresIn: LIFETIME_MS / 1000 }
  }

  /** Whose ticket it is, once; throws `unauthenticated`. */
  redeem(ticket: string): Caller {
    const found = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    const now = this.#now()
    if (!found || found.expiresAt <= now || found.caller.expiresAt <= now)
      throw new ChatError('unauthenticated', 'The ticket is unknown, used or expired.')
    return found.caller
  }

  endSession(sessionId: string): void {
    for (const [ticket, { caller }] of this.#tickets)
      if (caller.sessionId === sessionId) this.#tickets.delete(ticket)
  }

  sweep(): void {
    const now = this.#now()
    for (const [ticket, { expiresAt }] of this.#tickets) {
      // Issued in order, so the first that is still good ends the search.
      if (expiresAt > now) return
      this.#tickets.delete(ticket)
    }
  }
}
