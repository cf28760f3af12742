import type { NotificationChange } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import type { ConversationRow, MessageRow, OutboxRow } from '../db/schema.ts'
import { changedMessages, changes } from '../log/changed-messages.ts'

/** A message that nobody was told of yet, and of its conversation what that takes. */
export type News = MessageRow & {
  conversation_kind: ConversationRow['kind']
  title: ConversationRow['title']
}

/** What was said, or is said now; null once unsent. */
export type Text = Pick<
  MessageRow,
  'conversation_id' | 'position' | 'sender_id' | 'sent_at' | 'edited_at' | 'unsent_at' | 'body'
>

/** At once; the rest comes in the next round. */
export const NEWS_MAX = 500

/**
 * By positions, not versions: what was edited or reacted to meanwhile is still new. Sorted only when
 * there are enough: a backlog is not to be read from beginning to end for each part of it.
 */
export async function findNews(sql: Queries, rows: OutboxRow[]): Promise<News[]> {
  const ids = [...new Set(rows.flatMap((row) => row.conversation_ids))]
  if (ids.length === 0) return []
  return sql<News[]>`
    select * from (
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
      limit ${NEWS_MAX}
    ) news
    order by conversation_id, position`
}

/** Messages that are no more as people may have been told. */
export function findRewritten(sql: Queries, rows: OutboxRow[]): PromiseLike<Text[]> {
  return sql<Text[]>`
    select m.conversation_id, m.position, m.sender_id, m.sent_at, m.edited_at, m.unsent_at, m.body
    from ${changedMessages(sql, rows)}
    where m.edited_at is not null or m.unsent_at is not null`
}

export const rewritten = (text: Text): NotificationChange => {
  const { conversation_id: conversationId, position, body } = text
  if (body === null) return { type: 'unsent', conversationId, position }
  return { type: 'edited', conversationId, position, text: body }
}

/** Whoever is in a conversation no more is told no more of it. */
export async function findLeft(sql: Queries, rows: OutboxRow[]): Promise<NotificationChange[]> {
  const left = await sql<{ conversationId: string; userId: string }[]>`
    select p.conversation_id as "conversationId", p.user_id as "userId"
    from ${changes(sql, rows)} cross join lateral (
      select * from messages.participants
      where conversation_id = changed.id and version > changed.after and version <= changed.up_to
      offset 0
    ) p
    where p.left_position is not null`
  return left.map((gone) => ({ type: 'left', ...gone }))
}
