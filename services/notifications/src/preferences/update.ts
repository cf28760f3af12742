import type { BodyOf, NotificationPreferences, routes } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { type Chosen, getPreferences } from './queries.ts'

type Patch = BodyOf<typeof routes.updateNotificationPreferences>

export async function updatePreferences(
  { db, config }: Context,
  userId: string,
  patch: Patch,
): Promise<NotificationPreferences> {
  const { doNotDisturb, ...rest } = patch
  return db.transaction().execute(async (trx) => {
    const next: Chosen = {
      ...(await getPreferences(trx, userId)),
      ...rest,
      ...(doNotDisturb !== undefined && {
        doNotDisturb: doNotDisturb === 'off' ? null : doNotDisturb,
      }),
    }
    const row = {
      payload: next.payload,
      do_not_disturb: next.doNotDisturb,
      digest: next.digest,
      keywords: next.keywords,
    }
    await trx
      .insertInto('notifications.preferences')
      .values({ user_id: userId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute()
    return { ...next, payloadMax: config.payloadMax }
  })
}
