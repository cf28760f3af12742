import { randomBytes } from 'node:crypto'
import { ChatError } from '@chatapp/protocol'
import type { Caller, Redis } from '@chatapp/service-kit'
import { z } from 'zod'

const LIFETIME_MS = 30_000
const TICKETS_MAX = 100_000

interface Ticket {
  caller: Caller
  expiresAt: number
}

interface TicketsOptions {
  now: () => number
  timeOfDay: () => number
  redis?: Redis | undefined
}

const callerSchema = z.object({ userId: z.string(), sessionId: z.string(), expiresAt: z.number() })

/**
 * One-time keys to one socket: a URL may end up in a log, so no token belongs into it. In Redis
 * every gateway can redeem them; without it only the one that issued them.
 */
export class Tickets {
  readonly #now: () => number
  readonly #timeOfDay: () => number
  readonly #redis: Redis | undefined
  readonly #tickets = new Map<string, Ticket>()

  constructor({ now, timeOfDay, redis }: TicketsOptions) {
    this.#now = now
    this.#timeOfDay = timeOfDay
    this.#redis = redis
  }

  async issue(caller: Caller): Promise<{ ticket: string; expiresIn: number }> {
    const ticket = randomBytes(32).toString('base64url')
    if (!(await this.#share(ticket, caller))) this.#keep(ticket, caller)
    return { ticket, expiresIn: LIFETIME_MS / 1000 }
  }

  /** Whose ticket it is, once; throws `unauthenticated`. */
  async redeem(ticket: string): Promise<Caller> {
    const caller = this.#takeKept(ticket) ?? (await this.#takeShared(ticket))
    if (!caller || caller.expiresAt <= this.#timeOfDay())
      throw new ChatError('unauthenticated', 'The ticket is unknown, used or expired.')
    return caller
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

  async #share(ticket: string, caller: Caller): Promise<boolean> {
    const key = `ticket:${ticket}`
    const { userId, sessionId, expiresAt } = caller
    const value = JSON.stringify({ userId, sessionId, expiresAt })
    const stored = this.#redis?.command(key, (name) => ['SET', name, value, 'PX', `${LIFETIME_MS}`])
    return stored?.then(isDone, () => false) ?? false
  }

  #keep(ticket: string, caller: Caller): void {
    if (this.#tickets.size >= TICKETS_MAX)
      throw new ChatError('overloaded', 'Too many tickets are open; try again.', { retryAfter: 5 })
    this.#tickets.set(ticket, { caller, expiresAt: this.#now() + LIFETIME_MS })
  }

  #takeKept(ticket: string): Caller | undefined {
    const found = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    return found && found.expiresAt > this.#now() ? found.caller : undefined
  }

  async #takeShared(ticket: string): Promise<Caller | undefined> {
    const value = await this.#redis
      ?.command(`ticket:${ticket}`, (name) => ['GETDEL', name])
      .catch(() => undefined)
    return typeof value === 'string' ? callerSchema.parse(JSON.parse(value)) : undefined
  }
}

const isDone = () => true
