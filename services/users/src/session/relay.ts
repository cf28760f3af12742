import type { Context } from '../context.ts'
import { publishSessionsEnded } from '../news.ts'
import { findRevokedSince } from './queries.ts'

/** Covers commits that were under way during the last look, and clocks that differ a little. */
const LOOK_BACK_MS = 10_000

/**
 * Tells of endings that nobody here has told of: those by another process without a common bus (an
 * operator's command), and those whose news got lost. Twice does no harm.
 */
export function createEndingsRelay(ctx: Context): () => Promise<void> {
  let lookedAt = ctx.now()
  let told = new Set<string>()
  return async () => {
    const lookingAt = ctx.now()
    const sessions = await findRevokedSince(ctx.sql, lookedAt - LOOK_BACK_MS)
    for (const { id, user_id: userId } of sessions) {
      if (!told.has(id)) publishSessionsEnded(ctx, userId, [id])
    }
    told = new Set(sessions.map((session) => session.id))
    lookedAt = lookingAt
  }
}
