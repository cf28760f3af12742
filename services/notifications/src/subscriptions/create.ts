import { type BodyOf, ChatError, invalidField, type routes } from '@chatapp/protocol'
import { type Caller, createId } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { deleteBeyond, forgetOthers } from './queries.ts'

/** Far more than people use; who makes up endpoints must not fill the queue with them. */
const DEVICES_MAX = 20

type Draft = BodyOf<typeof routes.createSubscription>

/**
 * One subscription per endpoint: the same again is kept, and goes to whoever is signed in there now.
 * Of too many devices the one that was not seen for longest is forgotten.
 */
export async function createSubscription(
  context: Context,
  { userId, sessionId }: Caller,
  draft: Draft,
): Promise<{ id: string; created: boolean }> {
  const { db, sql, now, config } = context
  const { protocol } = new URL(draft.endpoint)
  const allowed = config.allowPrivateAddresses ? ['https:', 'http:'] : ['https:']
  if (!allowed.includes(protocol)) throw invalidField('endpoint', 'must be an https URL')
  await refuseBots(context, userId)
  const id = createId(now())
  const { p256dh, auth } = draft.keys
  const seen = { user_id: userId, session_id: sessionId, p256dh, auth, seen_at: new Date(now()) }
  const row = await db
    .insertInto('notifications.subscriptions')
    .values({ id, endpoint: draft.endpoint, created_at: new Date(now()), ...seen })
    .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(seen))
    .returning('id')
    .executeTakeFirstOrThrow()
  await forgetOthers(sql, row.id, userId)
  await deleteBeyond(sql, userId, DEVICES_MAX)
  return { id: row.id, created: row.id === id }
}

/** Nobody sits before a bot; it has its socket and webhooks. */
async function refuseBots({ users }: Context, userId: string): Promise<void> {
  const [profile] = await users.profiles([userId])
  if (profile?.user.isBot)
    throw new ChatError('forbidden', 'Bots get no push messages: use the socket or a webhook.')
}
