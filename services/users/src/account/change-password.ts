import { type BodyOf, ChatError, type routes } from '@chatapp/protocol'
import type { Caller } from '@chatapp/service-kit'
import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import type { UserRow } from '../db/schema.ts'
import { deleteMails } from '../mail/queries.ts'
import { publishSessionsEnded } from '../news.ts'
import { refuseGuessable } from '../password/policy.ts'
import { endSessions } from '../session/queries.ts'
import { findById, replacePasswordHash } from './queries.ts'

/** Sets a new password and signs every other device out. */
export async function changePassword(
  ctx: Context,
  caller: Caller,
  { currentPassword, newPassword }: BodyOf<typeof routes.changePassword>,
): Promise<undefined> {
  const { userId } = caller
  const user = await findById(ctx.sql, userId)
  if (!user) throw wrongPassword()
  refuseGuessable(newPassword, { field: 'newPassword', username: user.username })
  await ctx.limits.passwordChanges.take(userId)
  if (!(await ctx.passwords.verify(currentPassword, user.password_hash))) {
    await insertAudit(ctx.sql, { event: 'password-change-failed', at: ctx.now(), ...caller })
    throw wrongPassword()
  }
  const newHash = await ctx.passwords.hash(newPassword)
  publishSessionsEnded(ctx, userId, await replace(ctx, { user, caller, newHash }))
  await ctx.limits.passwordChanges.forgive(userId)
}

interface Replacement {
  user: UserRow
  caller: Caller
  newHash: string
}

function replace(ctx: Context, { user, caller, newHash }: Replacement): Promise<string[]> {
  const { userId, sessionId } = caller
  return ctx.sql.begin(async (tx) => {
    if (!(await replacePasswordHash(tx, user, newHash))) throw wrongPassword()
    await insertAudit(tx, { event: 'password-changed', at: ctx.now(), userId, sessionId })
    await deleteMails(tx, userId, 'password-reset')
    return endSessions(tx, { userId, except: sessionId, at: ctx.now() })
  })
}

const wrongPassword = () => new ChatError('forbidden', 'The current password is wrong.')
