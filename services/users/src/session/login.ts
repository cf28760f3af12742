import { type BodyOf, type routes, type Session, usernameSchema } from '@chatapp/protocol'
import { findByUsername, replacePasswordHash } from '../account/queries.ts'
import { insertAudit } from '../audit/queries.ts'
import type { Context, Device } from '../context.ts'
import type { UserRow } from '../db/schema.ts'
import { openSession } from './open.ts'
import { refuseSignIn } from './policy.ts'

/** An unknown name goes the same way as a wrong password: the same queries, a hash, the answer. */
export async function login(
  ctx: Context,
  { username, password }: BodyOf<typeof routes.login>,
  device: Device,
): Promise<Session> {
  const account = username.toLowerCase()
  await ctx.limits.signInsFromAddress.take(device.ip)
  await ctx.limits.signInsOfAccount.take(account)
  const user = await findByUsername(ctx.sql, asUsername(account))
  const isRight = await ctx.passwords.verify(password, user?.password_hash)
  if (!user || !isRight || user.is_bot || user.deactivated_at) {
    const { ip } = device
    await insertAudit(ctx.sql, { event: 'sign-in-failed', at: ctx.now(), userId: user?.id, ip })
    throw refuseSignIn()
  }
  await ctx.limits.signInsOfAccount.forgive(account)
  return openSession(ctx, await renewHash(ctx, user, password), device)
}

/** PostgreSQL does not take every text; what can't be a name finds nobody. */
const asUsername = (text: string) => (usernameSchema.safeParse(text).success ? text : '')

/** A hash of an older cost can be renewed only now, with the password at hand. */
async function renewHash(ctx: Context, user: UserRow, password: string): Promise<UserRow> {
  if (!ctx.passwords.isOutdated(user.password_hash)) return user
  const newHash = await ctx.passwords.hash(password)
  const isReplaced = await replacePasswordHash(ctx.sql, user, newHash)
  return isReplaced ? { ...user, password_hash: newHash } : user
}
