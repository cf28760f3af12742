import { ChatError } from '@chatapp/protocol'
import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import { hashMailToken } from '../mail/policy.ts'
import { deleteMails, useToken } from '../mail/queries.ts'
import { publishSelf } from '../news.ts'
import { presentOwnUser } from '../profile/present.ts'
import { setEmailVerified } from './queries.ts'

export async function verifyEmail(ctx: Context, token: string, ip: string): Promise<undefined> {
  await ctx.limits.mailTokens.take(ip)
  const at = new Date(ctx.now())
  const user = await ctx.sql.begin(async (tx) => {
    const used = await useToken(tx, { hash: hashMailToken(token), kind: 'email-verification', at })
    const verified =
      used && (await setEmailVerified(tx, { userId: used.user_id, address: used.address, at }))
    if (!verified) throw new ChatError('not-found', 'This link is no longer valid.')
    await deleteMails(tx, verified.id, 'email-verification')
    await insertAudit(tx, { event: 'email-verified', at: ctx.now(), userId: verified.id, ip })
    return verified
  })
  publishSelf(ctx, presentOwnUser(user))
}
