import { ChatError } from '@chatapp/protocol'
import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import type { Queries, UserRow } from '../db/schema.ts'
import { publishSessionsEnded } from '../news.ts'
import { refuseGuessable } from '../password/policy.ts'
import { endSessions } from '../session/queries.ts'
import { setPasswordHash } from './queries.ts'

interface Reset {
  user: UserRow
  password: string
  /** Where the caller gave it. */
  field: string
}

/**
 * For a person who forgot theirs: signs them out everywhere and lifts the limit on guesses. What is
 * to hold for that is asked within the transaction.
 */
export async function resetPassword(
  ctx: Context,
  { user, password, field }: Reset,
  demand: (tx: Queries) => Promise<void> = async () => {},
): Promise<void> {
  if (user.is_bot) throw new ChatError('conflict', 'A bot has no password.')
  refuseGuessable(password, { field, username: user.username })
  const newHash = await ctx.passwords.hash(password)
  const at = ctx.now()
  const ended = await ctx.sql.begin(async (tx) => {
    await demand(tx)
    await setPasswordHash(tx, user.id, newHash)
    await insertAudit(tx, { event: 'password-reset', at, userId: user.id })
    return endSessions(tx, { userId: user.id, at })
  })
  publishSessionsEnded(ctx, user.id, ended)
  await ctx.limits.signInsOfAccount.forgive(user.username.toLowerCase())
}
