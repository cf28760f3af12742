import type { Context } from '../context.ts'
import { ENDED_KEPT_MS, SESSION_LIFETIME_MS } from './policy.ts'
import { deleteSessionsEndedBefore, deleteTokensIssuedBefore } from './queries.ts'

/** Deletes sessions that ended, and used refresh tokens that would have expired by now anyway. */
export async function sweepSessions({ sql, now }: Context): Promise<void> {
  await deleteSessionsEndedBefore(sql, new Date(now() - ENDED_KEPT_MS))
  await deleteTokensIssuedBefore(sql, new Date(now() - SESSION_LIFETIME_MS))
}
