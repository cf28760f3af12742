import { ChatError } from '@chatapp/protocol'
import type { Caller } from '@chatapp/service-kit'
import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import type { AuditEvent } from '../db/schema.ts'
import { publishSessionsEnded } from '../news.ts'
import { endSessions, findSessionOfToken } from './queries.ts'
import { hashRefreshToken } from './refresh-token.ts'

export async function logout(ctx: Context, { userId, sessionId }: Caller): Promise<undefined> {
  await endOne(ctx, { event: 'signed-out', userId, sessionId })
}

/** Ends the session whose cookie a browser has; without one there is nothing to end. */
export async function logoutBrowser(ctx: Context, refreshToken: string | undefined): Promise<void> {
  if (refreshToken === undefined) return
  const session = await findSessionOfToken(ctx.sql, hashRefreshToken(refreshToken))
  if (session?.kind !== 'web') return
  await endOne(ctx, { event: 'signed-out', userId: session.user_id, sessionId: session.id })
}

/** Another person's session is as unknown as one that never was. */
export async function endSession(
  ctx: Context,
  caller: Caller,
  sessionId: string,
): Promise<undefined> {
  const wasLive = await endOne(ctx, { event: 'session-ended', userId: caller.userId, sessionId })
  if (!wasLive) throw new ChatError('not-found', 'There is no such session.')
}

interface Ending {
  event: AuditEvent
  userId: string
  sessionId: string
}

async function endOne(ctx: Context, { event, userId, sessionId }: Ending): Promise<boolean> {
  const at = ctx.now()
  const ended = await ctx.sql.begin(async (tx) => {
    const ids = await endSessions(tx, { userId, only: sessionId, at })
    if (ids.length > 0) await insertAudit(tx, { event, at, userId, sessionId })
    return ids
  })
  publishSessionsEnded(ctx, userId, ended)
  return ended.length > 0
}
