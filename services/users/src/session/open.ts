import type { Session } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import { holdCredentials } from '../account/queries.ts'
import { insertAudit } from '../audit/queries.ts'
import type { Context, Device } from '../context.ts'
import type { SessionRow, UserRow } from '../db/schema.ts'
import { refuseSignIn, SESSION_LIFETIME_MS } from './policy.ts'
import { presentSession } from './present.ts'
import { insertRefreshToken, insertSession } from './queries.ts'
import { createRefreshToken, hashRefreshToken } from './refresh-token.ts'

/** Signs in whoever has just proved to be this user. */
export async function openSession(ctx: Context, user: UserRow, device: Device): Promise<Session> {
  const session = newSession(user.id, device, ctx.now())
  const refreshToken = createRefreshToken()
  await store(ctx, { user, session, refreshToken })
  const accessToken = await ctx.tokens.sign(user.id, session.id)
  return presentSession(user, { accessToken, refreshToken })
}

function newSession(userId: string, { userAgent, ip, kind }: Device, now: number): SessionRow {
  return {
    id: createId(now),
    user_id: userId,
    user_agent: userAgent,
    ip,
    created_at: new Date(now),
    used_at: new Date(now),
    expires_at: new Date(now + SESSION_LIFETIME_MS),
    revoked_at: null,
    kind,
  }
}

interface NewSession {
  user: UserRow
  session: SessionRow
  refreshToken: string
}

async function store(ctx: Context, { user, session, refreshToken }: NewSession): Promise<void> {
  const at = ctx.now()
  const { id: sessionId, ip } = session
  await ctx.sql.begin(async (tx) => {
    // A password change or deactivation since the proof has not seen this session, so it must not be.
    if (!(await holdCredentials(tx, user))) throw refuseSignIn()
    await insertSession(tx, session)
    await insertRefreshToken(tx, { hash: hashRefreshToken(refreshToken), sessionId, at })
    await insertAudit(tx, { event: 'signed-in', at, userId: user.id, sessionId, ip })
  })
}
