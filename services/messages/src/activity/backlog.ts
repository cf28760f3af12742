import type { Backlog } from '@chatapp/protocol'
import type { Sql } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { ConversationRow, MessageRow } from '../db/schema.ts'
import { EVERYONE_ID } from '../everyone.ts'
import { floor } from '../participants/queries.ts'
import { hasUnread, readUpTo } from './find.ts'

/** A mail has no room for more; how many there are is counted all the same. */
const LISTED_MAX = 20

type Row = Pick<MessageRow, 'conversation_id' | 'position' | 'sender_id' | 'sent_at' | 'body'> &
  Pick<ConversationRow, 'kind' | 'title'> & { count: number }

interface Asked {
  userId: string
  /** ISO 8601. */
  after: string | null
}

/** What somebody who is away has missed, as it is now: rights, cursors and mutes included. */
export async function findBacklog(
  { sql, people, now }: Pick<Context, 'sql' | 'people' | 'now'>,
  asked: Asked,
): Promise<Backlog> {
  const rows = await findRows(sql, asked, new Date(now()))
  const senders = await people.get(rows.map((row) => row.sender_id))
  const items = rows.toReversed().map((row) => ({
    conversationId: row.conversation_id,
    position: row.position,
    senderName: senders.get(row.sender_id)?.displayName ?? '',
    title: row.kind === 'direct' ? null : (row.title ?? ''),
    text: row.body ?? '',
    sentAt: row.sent_at.toISOString(),
  }))
  return { items, count: rows[0]?.count ?? 0 }
}

/** In groups by the index of what was for whom, so that nobody's unread lobby is gone through. */
function findRows(sql: Sql, { userId, after }: Asked, at: Date): PromiseLike<Row[]> {
  return sql<Row[]>`
    with missed as materialized (
      select p.conversation_id, c.kind, c.title, x.position, x.sent_at
      from messages.participants p join messages.conversations c on c.id = p.conversation_id
      cross join lateral (
        select m.position, m.sent_at from messages.messages m
        where c.kind = 'direct' and m.conversation_id = p.conversation_id
          and m.sender_id <> p.user_id and m.position > ${unreadAfter(sql)} ${isSaid(sql, after)}
        union
        select m.position, m.sent_at from messages.activity a
        join messages.messages m
          on m.conversation_id = a.conversation_id and m.position = a.position
        where c.kind <> 'direct' and a.conversation_id = p.conversation_id
          and a.user_id in (p.user_id, ${EVERYONE_ID}) and a.kind <> 'keyword'
          and (a.user_id = p.user_id or a.position > p.joined_position)
          and m.sender_id <> p.user_id and a.position > ${unreadAfter(sql)} ${isSaid(sql, after)}
      ) x
      where ${hasUnread(sql, userId)} and p.notify <> 'nothing'
        and (p.muted_until is null or p.muted_until <= ${at})
    )
    select m.conversation_id, m.position, m.sender_id, m.sent_at, m.body, l.kind, l.title,
      (select count(*)::int from missed) as count
    from (
      select * from missed order by sent_at desc, conversation_id desc, position desc
      limit ${LISTED_MAX}
    ) l
    join messages.messages m on m.conversation_id = l.conversation_id and m.position = l.position
    order by m.sent_at desc, m.conversation_id desc, m.position desc`
}

const unreadAfter = (sql: Sql) => sql`greatest(${readUpTo(sql)}, ${floor(sql)})`

const isSaid = (sql: Sql, after: string | null) => sql`
  and m.kind = 'text' and m.unsent_at is null
  and (${after}::timestamptz is null or m.sent_at > ${after}::timestamptz)`
