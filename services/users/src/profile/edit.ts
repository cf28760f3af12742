import { ChatError, type OwnUser } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { Queries, UserRow } from '../db/schema.ts'
import { changeNoticesOf, verificationsOf } from '../mail/policy.ts'
import { deleteMails, insertMails } from '../mail/queries.ts'
import { publishProfileChanged, publishSelf } from '../news.ts'
import { applyChanges, isPublicChange, keepsEmail, type ProfileChanges } from './policy.ts'
import { presentOwnUser } from './present.ts'
import { findOwnProfile, lockProfile, replaceNameKeys, saveProfile } from './queries.ts'

export async function editProfile(
  ctx: Context,
  userId: string,
  changes: ProfileChanges,
): Promise<OwnUser> {
  await limitAddresses(ctx, userId, changes)
  const { before, after } = await ctx.sql.begin(async (tx) => {
    const before = await lockProfile(tx, userId)
    if (!before) throw new ChatError('unauthenticated', 'The account is gone.')
    const after = applyChanges(before, changes)
    await saveProfile(tx, after)
    if (before.display_name !== after.display_name) await replaceNameKeys(tx, after)
    await tellOfAddress(tx, { before, after, now: ctx.now() })
    return { before, after }
  })
  if (isPublicChange(before, after)) publishProfileChanged(ctx, userId)
  const own = presentOwnUser(after)
  publishSelf(ctx, own)
  return own
}

/** Each change of the address is a mail to somebody who may not know us. */
async function limitAddresses(ctx: Context, userId: string, changes: ProfileChanges) {
  const row = await findOwnProfile(ctx.sql, userId)
  if (row && !keepsEmail(row, changes)) await ctx.limits.mailsOfAccount.take(userId)
}

interface Edit {
  before: UserRow
  after: UserRow
  now: number
}

/** Links to the address before are of no use any more; who has it hears of that. */
async function tellOfAddress(tx: Queries, { before, after, now }: Edit): Promise<void> {
  if (before.email === after.email) return
  await deleteMails(tx, after.id, 'password-reset')
  await deleteMails(tx, after.id, 'email-verification')
  await insertMails(tx, [...changeNoticesOf(before, now), ...verificationsOf(after, now)])
}
