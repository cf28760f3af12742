import { type FrameOf, LARGE_GROUP_MEMBERS, type PassingFrame } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { ConversationRow } from '../db/schema.ts'
import { receiptEvent } from '../log/publish.ts'

interface Advance extends Pick<ConversationRow, 'history'> {
  conversation_id: string
  user_id: string
  kind: 'delivered' | 'read'
  to_position: number
  at: Date
}

/**
 * The latest receipt of each member who got on within so long. Receipts are not in the log, so those
 * that were lost with Redis are told again to who was connected meanwhile.
 */
export async function receiptsWithin(
  context: Pick<Context, 'sql' | 'now'>,
  conversationIds: string[],
  ms: number,
): Promise<PassingFrame[]> {
  const since = new Date(context.now() - ms).toISOString()
  const advances = await context.sql<Advance[]>`
    select p.conversation_id, p.user_id, k.kind, a.to_position, a.at, c.history
    from messages.participants p
    join messages.conversations c on c.id = p.conversation_id
    cross join unnest(array['delivered', 'read']) as k (kind)
    cross join lateral (
      select to_position, at from messages.status_advances
      where conversation_id = p.conversation_id and user_id = p.user_id and kind = k.kind
      order by to_position desc limit 1
    ) a
    where p.conversation_id = any(${conversationIds}::uuid[]) and p.left_position is null
      and c.member_count <= ${LARGE_GROUP_MEMBERS} and a.at >= ${since}::timestamptz`
  return advances.map((advance) => {
    const frame: FrameOf<'receipt'> = {
      type: 'receipt',
      conversationId: advance.conversation_id,
      userId: advance.user_id,
      kind: advance.kind,
      position: advance.to_position,
      at: advance.at.toISOString(),
    }
    return receiptEvent({ history: advance.history }, frame)
  })
}
