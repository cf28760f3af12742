import { ChatError, type OwnUser, type User } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { presentOwnUser, presentUser } from './present.ts'
import { findOwnProfile, findProfiles } from './queries.ts'

export async function getOwnProfile({ sql }: Context, userId: string): Promise<OwnUser> {
  const row = await findOwnProfile(sql, userId)
  if (!row) throw new ChatError('unauthenticated', 'The account is gone.')
  return presentOwnUser(row)
}

/** Also the deactivated: what they wrote is still shown with their name. */
export async function getProfile({ sql }: Context, userId: string): Promise<User> {
  const [row] = await findProfiles(sql, [userId])
  if (!row) throw new ChatError('not-found', 'There is no such user.')
  return presentUser(row)
}
