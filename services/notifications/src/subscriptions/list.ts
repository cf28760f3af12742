import { idSchema, invalidField, type PushSubscriptionInfo } from '@chatapp/protocol'
import type { Context } from '../context.ts'

interface Page {
  limit: number
  cursor?: string | undefined
}

export async function listSubscriptions(
  { db }: Context,
  userId: string,
  { limit, cursor }: Page,
): Promise<{ items: PushSubscriptionInfo[]; next: string | null }> {
  if (cursor !== undefined && !idSchema.safeParse(cursor).success) {
    throw invalidField('cursor', 'must be a cursor that an earlier page gave')
  }
  let query = db
    .selectFrom('notifications.subscriptions')
    .select(['id', 'endpoint', 'created_at'])
    .where('user_id', '=', userId)
  if (cursor !== undefined) query = query.where('id', '>', cursor)
  const rows = await query
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const items = rows
    .slice(0, limit)
    .map((row) => ({ id: row.id, endpoint: row.endpoint, createdAt: row.created_at.toISOString() }))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
