import { ChatError } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { Queries } from '../db/schema.ts'
import { hashMailToken } from '../mail/policy.ts'
import { deleteMails, findUserOfToken, useToken } from '../mail/queries.ts'
import { setEmailVerified } from './queries.ts'
import { resetPassword } from './reset-password.ts'

interface Given {
  token: string
  password: string
  ip: string
}

/** A password that is refused costs no token: the person tries another one. */
export async function resetByMail(ctx: Context, given: Given): Promise<undefined> {
  await ctx.limits.mailTokens.take(given.ip)
  const at = new Date(ctx.now())
  const token = { hash: hashMailToken(given.token), kind: 'password-reset' as const, at }
  const user = await findUserOfToken(ctx.sql, token)
  if (!user) throw noSuchToken()
  await resetPassword(
    ctx,
    { user, password: given.password, field: 'newPassword' },
    async (tx: Queries) => {
      const used = await useToken(tx, token)
      if (!used) throw noSuchToken()
      await deleteMails(tx, user.id, 'password-reset')
      // Whoever reads the mail has shown that the address is theirs.
      await setEmailVerified(tx, { userId: user.id, address: used.address, at })
    },
  )
}

const noSuchToken = () =>
  new ChatError('not-found', 'This link is no longer valid. Ask for another one.')
