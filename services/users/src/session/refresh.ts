import type { Session } from '@chatapp/protocol'
import { findById } from '../account/queries.ts'
import { insertAudit } from '../audit/queries.ts'
import type { Context, Device } from '../context.ts'
import type { Queries, SessionRow, UserRow } from '../db/schema.ts'
import { publishSessionsEnded } from '../news.ts'
import { isLive, mayRepeat, refuseRefresh, SESSION_LIFETIME_MS } from './policy.ts'
import { presentSession } from './present.ts'
import {
  endSessions,
  findTokenUse,
  insertRefreshToken,
  lockSessionOfToken,
  saveSessionUse,
  useRefreshTokens,
} from './queries.ts'
import { createRefreshToken, hashRefreshToken } from './refresh-token.ts'

type Outcome =
  | { kind: 'rotated'; user: UserRow; session: SessionRow; refreshToken: string }
  | { kind: 'reused'; session: SessionRow }
  | { kind: 'refused' }

/**
 * Exchanges a refresh token. One that comes twice was copied, so the session of both ends; only a
 * browser may come back soon after, for an answer that a reload has lost.
 */
export async function refresh(ctx: Context, token: string, device: Device): Promise<Session> {
  const outcome = await ctx.sql.begin((tx) => rotate(ctx, tx, { token, device }))
  switch (outcome.kind) {
    case 'rotated': {
      const { user, session, refreshToken } = outcome
      const accessToken = await ctx.tokens.sign(user.id, session.id)
      return presentSession(user, { accessToken, refreshToken })
    }
    case 'reused':
      publishSessionsEnded(ctx, outcome.session.user_id, [outcome.session.id])
      throw refuseRefresh()
    case 'refused':
      throw refuseRefresh()
  }
}

/** Returns what it found instead of throwing: the end of a session must be committed. */
async function rotate(
  ctx: Context,
  tx: Queries,
  { token, device }: { token: string; device: Device },
): Promise<Outcome> {
  const at = ctx.now()
  const hash = hashRefreshToken(token)
  const session = await lockSessionOfToken(tx, hash)
  if (!session || session.kind !== device.kind || !isLive(session, at)) return { kind: 'refused' }
  const { id: sessionId, user_id: userId } = session
  const usedAt = await findTokenUse(tx, hash)
  if (usedAt && !mayRepeat(session, usedAt, at)) {
    await endSessions(tx, { userId, only: sessionId, at })
    await insertAudit(tx, { event: 'refresh-token-reused', at, userId, sessionId, ip: device.ip })
    return { kind: 'reused', session }
  }
  const user = await findById(tx, userId)
  if (!user || user.deactivated_at) return { kind: 'refused' }
  if (!usedAt) await useRefreshTokens(tx, sessionId, at)
  const refreshToken = createRefreshToken()
  await insertRefreshToken(tx, { hash: hashRefreshToken(refreshToken), sessionId, at })
  await saveSessionUse(tx, useSession(session, device, at))
  return { kind: 'rotated', user, session, refreshToken }
}

const useSession = (session: SessionRow, { userAgent, ip }: Device, at: number): SessionRow => ({
  ...session,
  user_agent: userAgent,
  ip,
  used_at: new Date(at),
  expires_at: new Date(at + SESSION_LIFETIME_MS),
})
