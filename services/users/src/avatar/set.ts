import { randomBytes } from 'node:crypto'
import { ChatError, type OwnUser } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { publishProfileChanged, publishSelf } from '../news.ts'
import { presentOwnUser } from '../profile/present.ts'
import { lockProfile } from '../profile/queries.ts'
import { squareOf } from './picture.ts'
import type { Crop } from './policy.ts'
import { saveAvatar } from './queries.ts'

interface NewAvatar {
  userId: string
  bytes: Uint8Array
  crop: Crop | undefined
}

export async function setAvatar(
  ctx: Context,
  { userId, bytes, crop }: NewAvatar,
): Promise<OwnUser> {
  await ctx.limits.avatars.take(userId)
  const picture = await squareOf(bytes, crop)
  // 128 bits: who has not been shown the picture does not find it.
  const key = randomBytes(16).toString('base64url')
  await ctx.avatars.put(key, picture)
  try {
    return await replace(ctx, userId, key)
  } catch (error) {
    await ctx.avatars.remove(key)
    throw error
  }
}

export const removeAvatar = (ctx: Context, userId: string): Promise<OwnUser> =>
  replace(ctx, userId, null)

async function replace(ctx: Context, userId: string, key: string | null): Promise<OwnUser> {
  const before = await ctx.sql.begin(async (tx) => {
    const row = await lockProfile(tx, userId)
    if (!row) throw new ChatError('unauthenticated', 'The account is gone.')
    await saveAvatar(tx, userId, key)
    return row
  })
  const own = presentOwnUser({ ...before, avatar: key })
  if (before.avatar !== key) {
    publishProfileChanged(ctx, userId)
    publishSelf(ctx, own)
  }
  if (before.avatar !== null) {
    // The profile is changed already; a file that stays behind is seen by nobody.
    await ctx.avatars
      .remove(before.avatar)
      .catch((error) => ctx.log.warn({ err: error }, 'an old avatar was not removed'))
  }
  return own
}
