import { ChatError } from '@chatapp/protocol'
import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import type { UserRow } from '../db/schema.ts'
import { publishSelf } from '../news.ts'
import { presentOwnUser } from '../profile/present.ts'
import { setAdmin as storeAdmin } from './queries.ts'

/** Only an operator does this: whoever has the data directory has everything anyway. */
export async function setAdmin(ctx: Context, user: UserRow, isAdmin: boolean): Promise<UserRow> {
  if (isAdmin && user.is_bot) throw new ChatError('conflict', 'A bot cannot be an admin.')
  const event = isAdmin ? 'promoted' : 'demoted'
  await ctx.sql.begin(async (tx) => {
    await storeAdmin(tx, user.id, isAdmin)
    await insertAudit(tx, { event, at: ctx.now(), userId: user.id })
  })
  const changed = { ...user, is_admin: isAdmin }
  publishSelf(ctx, presentOwnUser(changed))
  return changed
}
