import type { NotificationPreferences } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { lookAgain } from '../digests/queries.ts'
import { changePreferences, type Patch, presentPreferences } from './queries.ts'

export async function updatePreferences(
  { db, sql, config, now }: Context,
  userId: string,
  patch: Patch,
): Promise<NotificationPreferences> {
  const chosen = await changePreferences(db, userId, patch)
  await lookAgain(sql, userId, now())
  return presentPreferences(chosen, config)
}
