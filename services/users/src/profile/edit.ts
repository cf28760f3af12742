import { ChatError, type OwnUser } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { publishProfileChanged, publishSelf } from '../news.ts'
import { applyChanges, isPublicChange, type ProfileChanges } from './policy.ts'
import { presentOwnUser } from './present.ts'
import { lockProfile, replaceNameKeys, saveProfile } from './queries.ts'

export async function editProfile(
  ctx: Context,
  userId: string,
  changes: ProfileChanges,
): Promise<OwnUser> {
  const { before, after } = await ctx.sql.begin(async (tx) => {
    const before = await lockProfile(tx, userId)
    if (!before) throw new ChatError('unauthenticated', 'The account is gone.')
    const after = applyChanges(before, changes)
    await saveProfile(tx, after)
    if (before.display_name !== after.display_name) await replaceNameKeys(tx, after)
    return { before, after }
  })
  if (isPublicChange(before, after)) publishProfileChanged(ctx, userId)
  const own = presentOwnUser(after)
  publishSelf(ctx, own)
  return own
}
