import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import { resetsOf } from '../mail/policy.ts'
import { insertMails } from '../mail/queries.ts'
import { findByEmail } from './queries.ts'

/** Who has more accounts than these with one address knows their names. */
const ACCOUNTS_MAX = 5

/** An address that nobody has goes the same way: the same queries, the same answer. */
export async function askReset(ctx: Context, email: string, ip: string): Promise<undefined> {
  await ctx.limits.passwordResetsFromAddress.take(ip)
  await ctx.limits.passwordResetsOfAddress.take(email.toLowerCase())
  await ctx.sql.begin(async (tx) => {
    await insertAudit(tx, { event: 'password-reset-asked', at: ctx.now(), ip })
    const users = await findByEmail(tx, email, ACCOUNTS_MAX)
    await insertMails(
      tx,
      users.flatMap((user) => resetsOf(user, ctx.now())),
    )
  })
}
