import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { deleteOfSessions, deleteUnclaimed, findSessions } from './queries.ts'

/** News may get lost without anybody noticing, and a session that nobody uses ends without any. */
const LOOK_EVERY_MS = 30_000
const TRY_AGAIN_MS = 1_000
const ASKED_AT_ONCE = 1_000

export interface Endings {
  /** Resolves when all sessions that ended while we were away are known: no push goes out before. */
  known: Promise<void>
  /** Until the signal. */
  run(signal: AbortSignal): Promise<void>
}

/** Deletes the subscriptions of sessions that ended: told by the bus, and looked up without it. */
export function createEndings(context: Context): Endings {
  const { bus, sql, log } = context
  const known = Promise.withResolvers<void>()
  const heard = new Set<string>()
  let awake = Promise.withResolvers<void>()
  let lookAt = 0
  async function round(): Promise<void> {
    const ended = [...heard]
    heard.clear()
    await deleteOfSessions(sql, ended)
    if (performance.now() < lookAt) return
    await look(context)
    lookAt = performance.now() + LOOK_EVERY_MS
    known.resolve()
  }
  async function repeat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      awake = Promise.withResolvers()
      const rest = await round().then(
        () => lookAt - performance.now(),
        (error) => {
          log.warn({ err: error }, 'it is not known which sessions have ended')
          lookAt = 0
          return TRY_AGAIN_MS
        },
      )
      await Promise.race([sleep(rest, undefined, { signal }).catch(() => {}), awake.promise])
    }
  }
  return {
    known: known.promise,
    async run(signal) {
      const news = bus.subscribe('sessions', ({ sessionId }) => {
        heard.add(sessionId)
        awake.resolve()
      })
      const recoveries = bus.onRecovery(() => {
        lookAt = 0
        awake.resolve()
      })
      await news.ready
      await repeat(signal)
      recoveries[Symbol.dispose]()
      news.unsubscribe()
      known.resolve()
    },
  }
}

/** As long as a session lasts that nobody uses. */
const UNCLAIMED_KEPT_MS = 60 * 24 * 3_600_000

async function look({ sql, users, now }: Context): Promise<void> {
  let after: string | undefined
  do {
    const asked: string[] = await findSessions(sql, { after, limit: ASKED_AT_ONCE })
    await deleteOfSessions(sql, await endedOf(asked, users))
    after = asked.at(ASKED_AT_ONCE - 1)
  } while (after !== undefined)
  await deleteUnclaimed(sql, new Date(now() - UNCLAIMED_KEPT_MS))
}

async function endedOf(asked: string[], users: Context['users']): Promise<string[]> {
  if (asked.length === 0) return []
  const live = new Set(await users.liveSessions(asked))
  return asked.filter((sessionId) => !live.has(sessionId))
}
