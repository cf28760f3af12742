import { type BodyOf, invalidField, type routes } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import type { Context } from '../context.ts'

type Draft = BodyOf<typeof routes.createSubscription>

/** One subscription per endpoint: the same again is kept, and goes to whoever is signed in there now. */
export async function createSubscription(
  { db, now, config }: Context,
  userId: string,
  draft: Draft,
): Promise<{ id: string; created: boolean }> {
  const { protocol } = new URL(draft.endpoint)
  const allowed = config.allowPrivateAddresses ? ['https:', 'http:'] : ['https:']
  if (!allowed.includes(protocol)) throw invalidField('endpoint', 'must be an https URL')
  const id = createId(now())
  const keys = { user_id: userId, p256dh: draft.keys.p256dh, auth: draft.keys.auth }
  const row = await db
    .insertInto('notifications.subscriptions')
    .values({ id, endpoint: draft.endpoint, created_at: new Date(now()), ...keys })
    .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(keys))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: row.id, created: row.id === id }
}
