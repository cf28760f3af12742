import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import type { UserRow } from '../db/schema.ts'
import { publishSessionsEnded } from '../news.ts'
import { endSessions } from '../session/queries.ts'
import { setDeactivated } from './queries.ts'

/** Signs the user out everywhere and keeps them from signing in; what they wrote stays. */
export async function deactivate(ctx: Context, user: UserRow): Promise<UserRow> {
  const at = ctx.now()
  const deactivatedAt = user.deactivated_at ?? new Date(at)
  const ended = await ctx.sql.begin(async (tx) => {
    await setDeactivated(tx, user.id, deactivatedAt)
    await insertAudit(tx, { event: 'deactivated', at, userId: user.id })
    return endSessions(tx, { userId: user.id, at })
  })
  publishSessionsEnded(ctx, user.id, ended)
  return { ...user, deactivated_at: deactivatedAt }
}

export async function reactivate(ctx: Context, user: UserRow): Promise<UserRow> {
  await ctx.sql.begin(async (tx) => {
    await setDeactivated(tx, user.id, null)
    await insertAudit(tx, { event: 'reactivated', at: ctx.now(), userId: user.id })
  })
  return { ...user, deactivated_at: null }
}
