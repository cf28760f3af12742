import type { Queries, Statement } from '@chatapp/service-kit'
import { type Kysely, sql as kysely } from 'kysely'
import type { ActivityTable, Database, MessageRow } from '../db/schema.ts'
import { EVERYONE_ID } from '../everyone.ts'
import type { MessageNews } from '../log/frames.ts'

/** Whom a message is for; the author of what it answers may be known to the table only. */
interface Concern {
  conversationId: string
  position: number
  senderId: string
  kind: ActivityTable['kind']
  userId: string | null
  replyPosition: number | null
}

/**
 * Part of the statement that writes new messages: for whom they are. Undefined where they are for
 * nobody in particular, as most are.
 */
export function noteNews(
  sql: Queries,
  news: MessageNews[],
  time: string,
): Statement<unknown> | undefined {
  const concerns = news.flatMap((one) => concernsOf(one, news))
  if (concerns.length === 0) return undefined
  return sql`
    insert into messages.activity (conversation_id, position, user_id, kind, sender_id, sent_at)
    select t.c, t.p, coalesce(t.u, r.sender_id), t.k, t.s, ${time}::timestamptz
    from unnest(
      ${concerns.map((one) => one.conversationId)}::uuid[], ${concerns.map((one) => one.position)}::int[],
      ${concerns.map((one) => one.senderId)}::uuid[], ${concerns.map((one) => one.kind)}::text[],
      ${concerns.map((one) => one.userId)}::uuid[], ${concerns.map((one) => one.replyPosition)}::int[]
    ) with ordinality as t (c, p, s, k, u, r, n)
    left join lateral (
      select sender_id from messages.messages
      where conversation_id = t.c and position = t.r and kind = 'text'
      limit 1
    ) r on true
    where coalesce(t.u, r.sender_id) <> t.s
    order by t.n
    on conflict do nothing`
}

/** What comes first is what it is called: a message is for a person once. */
function concernsOf({ message, replyPosition }: MessageNews, news: MessageNews[]): Concern[] {
  const { conversationId, position, senderId, mentions, mentionsAll } = message
  const of = { conversationId, position, senderId, replyPosition: null }
  return [
    ...mentions.map((userId) => ({ ...of, kind: 'mention' as const, userId })),
    ...(replyPosition === null ? [] : [{ ...of, kind: 'reply' as const, ...answered() }]),
    ...(mentionsAll ? [{ ...of, kind: 'all' as const, userId: EVERYONE_ID }] : []),
  ]
  /** What was sent with it is in no table yet. */
  function answered(): Pick<Concern, 'userId' | 'replyPosition'> {
    const beside = news.find(
      (one) =>
        one.message.conversationId === conversationId && one.message.position === replyPosition,
    )
    return beside
      ? { userId: beside.message.senderId, replyPosition: null }
      : { userId: null, replyPosition }
  }
}

/** After an edit, in its transaction; words are looked for by those who know them. */
export async function noteEdit(trx: Kysely<Database>, row: MessageRow): Promise<void> {
  const { conversation_id: id, position, sender_id: senderId, reply_to: replyTo } = row
  await kysely`
    delete from messages.activity
    where conversation_id = ${id} and position = ${position} and kind <> 'keyword'`.execute(trx)
  await kysely`
    insert into messages.activity (conversation_id, position, user_id, kind, sender_id, sent_at)
    select distinct on (user_id) ${id}::uuid, ${position}::int, user_id, kind, ${senderId}::uuid, ${row.sent_at}::timestamptz
    from (
      select u as user_id, case u when ${EVERYONE_ID}::uuid then 'all' else 'mention' end as kind
      from unnest(${row.mentions ?? []}::uuid[]) as u
      union all
      select sender_id, 'reply' from messages.messages
      where conversation_id = ${id} and position = ${replyTo}::int and kind = 'text'
    ) as called
    where user_id <> ${senderId}::uuid
    order by user_id, kind
    on conflict (conversation_id, position, user_id) do update set kind = excluded.kind`.execute(
    trx,
  )
}

export async function forgetUnsent(trx: Kysely<Database>, row: MessageRow): Promise<void> {
  await trx
    .deleteFrom('messages.activity')
    .where('conversation_id', '=', row.conversation_id)
    .where('position', '=', row.position)
    .execute()
}
