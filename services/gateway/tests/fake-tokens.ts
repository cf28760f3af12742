import { ChatError } from '@chatapp/protocol'
import type { Bus, Caller, SessionVerifier } from '@chatapp/service-kit'
import { idOf } from './cast.ts'

interface TokenOptions {
  session?: string
  expiresAt?: number
}

export const NEVER = 4_000_000_000_000

/** A token that says what it stands for. */
export function tokenOf(
  userId: string,
  { session = idOf(900), expiresAt = NEVER }: TokenOptions = {},
) {
  return `${userId}.${session}.${expiresAt}`
}

/** Stands in for the users service: believes every token that is well formed and not ended. */
export function createFakeTokens(bus: Bus, now: () => number): SessionVerifier {
  const ended = new Set<string>()
  const listeners = new Set<(sessionId: string) => void>()
  const news = bus.subscribe('sessions', ({ sessionId }) => {
    ended.add(sessionId)
    for (const listener of listeners) listener(sessionId)
  })
  return {
    async verify(token): Promise<Caller> {
      const [userId, sessionId, expiresAt] = token.split('.')
      const caller = {
        userId: userId ?? '',
        sessionId: sessionId ?? '',
        expiresAt: Number(expiresAt),
      }
      if (!(caller.expiresAt > now()) || ended.has(caller.sessionId))
        throw new ChatError('unauthenticated', 'The access token is not valid.')
      return caller
    },
    hasEnded: (sessionId) => ended.has(sessionId),
    onEnd(listener) {
      listeners.add(listener)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    start: () => Promise.resolve(),
    async [Symbol.asyncDispose]() {
      news.unsubscribe()
    },
  }
}
