import type { NotificationsApi } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import type { Text } from './news.ts'

/**
 * Remembers for whom a text has a word that they wait for. What it had before it was changed is
 * forgotten; why else it is for somebody, it was remembered with the message.
 */
export async function noteWords(
  sql: Queries,
  { texts, waiting }: { texts: Text[]; waiting: string[] },
  notifications: Pick<NotificationsApi, 'wordsFound'>,
): Promise<void> {
  const listeners = waiting.length > 0 ? await findListeners(sql, texts, waiting) : []
  const asked = listeners.map(({ text, user_ids: userIds }) => ({ text, userIds }))
  const found = asked.length > 0 ? await notifications.wordsFound(asked) : []
  const rows = listeners.flatMap((one, i) => (found[i] ?? []).map((userId) => ({ ...one, userId })))
  await forgetWords(
    sql,
    texts.filter((text) => text.edited_at !== null || text.unsent_at !== null),
  )
  if (rows.length === 0) return
  await sql`
    insert into messages.activity (conversation_id, position, user_id, kind, sender_id, sent_at)
    select c, p, u, 'keyword', s, at from unnest(
      ${rows.map((row) => row.conversation_id)}::uuid[], ${rows.map((row) => row.position)}::int[],
      ${rows.map((row) => row.userId)}::uuid[], ${rows.map((row) => row.sender_id)}::uuid[],
      ${rows.map((row) => row.sent_at.toISOString())}::timestamptz[]
    ) as t (c, p, u, s, at)
    on conflict do nothing`
}

interface Listeners extends Pick<Text, 'conversation_id' | 'position' | 'sender_id' | 'sent_at'> {
  text: string
  user_ids: string[]
}

/** The members who wait for words, never the sender. */
function findListeners(sql: Queries, texts: Text[], waiting: string[]): PromiseLike<Listeners[]> {
  const said = texts.filter(({ body }) => body !== null)
  return sql<Listeners[]>`
    select t.c as conversation_id, t.p as position, t.s as sender_id, t.at as sent_at, t.body as text,
      array_agg(p.user_id::text) as user_ids
    from unnest(
      ${said.map((one) => one.conversation_id)}::uuid[], ${said.map((one) => one.position)}::int[],
      ${said.map((one) => one.sender_id)}::uuid[],
      ${said.map((one) => one.sent_at.toISOString())}::timestamptz[],
      ${said.map((one) => one.body)}::text[]
    ) as t (c, p, s, at, body)
    join messages.participants p on p.conversation_id = t.c and p.user_id = any(${waiting}::uuid[])
      and p.left_position is null and p.joined_position < t.p and p.user_id <> t.s
    group by t.c, t.p, t.s, t.at, t.body`
}

async function forgetWords(sql: Queries, changed: Text[]): Promise<void> {
  if (changed.length === 0) return
  await sql`
    delete from messages.activity a
    using unnest(${changed.map((one) => one.conversation_id)}::uuid[],
      ${changed.map((one) => one.position)}::int[]) as t (c, p)
    where a.conversation_id = t.c and a.position = t.p and a.kind = 'keyword'`
}
