import { idSchema, invalidField, type Notice, type QueryOf, type routes } from '@chatapp/protocol'
import type { Context } from '../context.ts'

type Asked = QueryOf<typeof routes.listNotices>

/** More tries of one message than these tell nothing new. */
const DELIVERIES_SHOWN = 20

const TIME = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'

/** The latest first. */
export async function listNotices(
  { sql }: Context,
  userId: string,
  { limit, cursor, conversationId, position }: Asked,
): Promise<{ items: Notice[]; next: string | null }> {
  if (cursor !== undefined && !idSchema.safeParse(cursor).success)
    throw invalidField('cursor', 'must be a cursor that an earlier page gave')
  const rows = await sql<(Notice & { id: string })[]>`
    select n.id, n.conversation_id as "conversationId", n.position, n.outcome, n.reason,
      to_char(n.decided_at at time zone 'UTC', ${TIME}) as "decidedAt",
      coalesce(d.deliveries, '[]') as deliveries
    from notifications.notices n
    left join lateral (
      select json_agg(t) as deliveries from (
        select subscription_id as "subscriptionId", position, kind, outcome, status,
          to_char(at at time zone 'UTC', ${TIME}) as at
        from (
          select id, subscription_id, position, kind, outcome, status, at
          from notifications.deliveries
          where user_id = n.user_id and conversation_id = n.conversation_id
            and position >= n.position and coalesce(first_position, 0) <= n.position
          union all
          select d.id, d.subscription_id, s.position, d.kind, d.outcome, d.status, d.at
          from notifications.summed s join notifications.deliveries d on d.id = s.delivery_id
          where s.user_id = n.user_id and s.conversation_id = n.conversation_id
            and n.position between s.first_position and s.position
        ) about
        where n.outcome in ('push', 'digest')
        order by position, id limit ${DELIVERIES_SHOWN}
      ) t
    ) d on true
    where n.user_id = ${userId} and n.id < ${cursor ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'}::uuid
      and (${conversationId ?? null}::uuid is null or n.conversation_id = ${conversationId ?? null}::uuid)
      and (${position ?? null}::int is null or n.position = ${position ?? null}::int)
    order by n.id desc limit ${limit + 1}`
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(({ id: _, ...notice }) => ({ ...notice, deliveries: untilTold(notice) })),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** What a device was told later was about later messages; that it was taken back is not. */
function untilTold({ deliveries }: Notice): Notice['deliveries'] {
  const told = new Set<string>()
  return deliveries.filter(({ subscriptionId, kind, outcome }) => {
    if (kind === 'message' && told.has(subscriptionId)) return false
    if (kind === 'message' && outcome === 'sent') told.add(subscriptionId)
    return true
  })
}
