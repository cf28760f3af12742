import { type BodyOf, invalidField, type routes } from '@chatapp/protocol'
import { type Caller, createId } from '@chatapp/service-kit'
import type { Context } from '../context.ts'

type Draft = BodyOf<typeof routes.createSubscription>

/** One subscription per endpoint: the same again is kept, and goes to whoever is signed in there now. */
export async function createSubscription(
  { db, now, config }: Context,
  { userId, sessionId }: Caller,
  draft: Draft,
): Promise<{ id: string; created: boolean }> {
  const { protocol } = new URL(draft.endpoint)
  const allowed = config.allowPrivateAddresses ? ['https:', 'http:'] : ['https:']
  if (!allowed.includes(protocol)) throw invalidField('endpoint', 'must be an https URL')
  const id = createId(now())
  const { p256dh, auth } = draft.keys
  const seen = { user_id: userId, session_id: sessionId, p256dh, auth, seen_at: new Date(now()) }
  const row = await db
    .insertInto('notifications.subscriptions')
    .values({ id, endpoint: draft.endpoint, created_at: new Date(now()), ...seen })
    .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(seen))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: row.id, created: row.id === id }
}
