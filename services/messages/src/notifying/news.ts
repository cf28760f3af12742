import type { NotificationChange } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import type { ConversationRow, MessageRow, OutboxRow } from '../db/schema.ts'

/** A message that nobody was told of yet, and of its conversation what that takes. */
export type News = MessageRow & {
  conversation_kind: ConversationRow['kind']
  title: ConversationRow['title']
}

/** At once; the rest comes in the next round. */
export const NEWS_MAX = 500

/** By positions, not versions: what was edited or reacted to meanwhile is still new. */
export async function findNews(sql: Queries, rows: OutboxRow[]): Promise<News[]> {
  const ids = [...new Set(rows.flatMap((row) => row.conversation_ids))]
  if (ids.length === 0) return []
  return sql<News[]>`
    select m.*, c.kind as conversation_kind, c.title
    from unnest(${ids}::uuid[]) as changed (id)
    join messages.conversations c on c.id = changed.id
    left join messages.notified n on n.conversation_id = c.id
    cross join lateral (
      select * from messages.messages
      where conversation_id = c.id and position > coalesce(n.position, 0)
        and kind = 'text' and unsent_at is null
      order by position limit ${NEWS_MAX}
    ) m
    order by m.conversation_id, m.position limit ${NEWS_MAX}`
}

/** What takes back or replaces something that people may have been told. */
export async function findChanged(sql: Queries, rows: OutboxRow[]): Promise<NotificationChange[]> {
  const conversationIds = rows.flatMap((row) => row.conversation_ids)
  const from = rows.flatMap((row) => row.from_versions)
  const to = rows.flatMap((row) => row.to_versions)
  const messages = await sql<Pick<MessageRow, 'conversation_id' | 'position' | 'body'>[]>`
    select m.conversation_id, m.position, m.body
    from unnest(${conversationIds}::uuid[], ${from}::int[], ${to}::int[]) as changed (id, after, up_to)
    join messages.messages m on m.conversation_id = changed.id
      and m.version > after and m.version <= up_to
    where m.edited_at is not null or m.unsent_at is not null`
  const left = await sql<{ conversationId: string; userId: string }[]>`
    select p.conversation_id as "conversationId", p.user_id as "userId"
    from unnest(${conversationIds}::uuid[], ${from}::int[], ${to}::int[]) as changed (id, after, up_to)
    join messages.participants p on p.conversation_id = changed.id
      and p.version > after and p.version <= up_to
    where p.left_position is not null`
  return [
    ...messages.map(({ conversation_id: conversationId, position, body }) =>
      body === null
        ? { type: 'unsent' as const, conversationId, position }
        : { type: 'edited' as const, conversationId, position, text: body },
    ),
    ...left.map((gone) => ({ type: 'left' as const, ...gone })),
  ]
}
