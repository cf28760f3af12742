import { ChatError } from '@chatapp/protocol'
import type { Context } from '../context.ts'

export async function deleteSubscription(
  { db }: Context,
  userId: string,
  id: string,
): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('notifications.subscriptions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (numDeletedRows === 0n)
    throw new ChatError('not-found', 'There is no such subscription of yours.')
}
