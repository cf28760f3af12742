import { ChatError } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { verificationsOf } from '../mail/policy.ts'
import { insertMails } from '../mail/queries.ts'
import { findById } from './queries.ts'

export async function askVerification(ctx: Context, userId: string): Promise<undefined> {
  const user = await findById(ctx.sql, userId)
  if (!user?.email) throw new ChatError('conflict', 'There is no address to verify.')
  if (user.email_verified_at) throw new ChatError('conflict', 'The address is verified already.')
  await ctx.limits.mailsOfAccount.take(userId)
  await insertMails(ctx.sql, verificationsOf(user, ctx.now()))
}
