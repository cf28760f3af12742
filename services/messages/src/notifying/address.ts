import type { Addressee, Calling, MessageNotice } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { ParticipantRow } from '../db/schema.ts'
import { presentTextMessage } from '../messages/present.ts'
import type { News } from './news.ts'

type Member = Pick<
  ParticipantRow,
  'conversation_id' | 'user_id' | 'notify' | 'muted_until' | 'read_position'
> & { position: number; replied_to: string | null }

/** Each message with those whom it may concern: in a large group far from everybody. */
export async function addressAll(
  { people }: Pick<Context, 'people'>,
  sql: Queries,
  { news, waiting }: { news: News[]; waiting: string[] },
): Promise<MessageNotice[]> {
  if (news.length === 0) return []
  const members = Map.groupBy(await findMembers(sql, news, waiting), keyOf)
  const senders = await people.get(news.map((one) => one.sender_id))
  return news.flatMap((one) => {
    const addressees = (members.get(keyOf(one)) ?? []).map((member) => toAddressee(one, member))
    if (addressees.length === 0) return []
    return {
      type: 'message',
      conversationId: one.conversation_id,
      position: one.position,
      senderId: one.sender_id,
      senderName: senders.get(one.sender_id)?.displayName ?? '',
      title: one.conversation_kind === 'direct' ? null : (one.title ?? ''),
      text: one.body ?? '',
      sentAt: one.sent_at.toISOString(),
      addressees,
    }
  })
}

const keyOf = (of: { conversation_id: string; position: number }) =>
  `${of.conversation_id} ${of.position}`

/**
 * Those who hear of everything, who are called, and who wait for words; never the sender. They are
 * looked for once in a conversation, not for each message in it: mostly they are few of its members.
 */
function findMembers(sql: Queries, news: News[], waiting: string[]): PromiseLike<Member[]> {
  const everybody = news.map(
    (one) => one.conversation_kind === 'direct' || presentTextMessage(one).mentionsAll === true,
  )
  return sql<Member[]>`
    with news as materialized (
      select n.conversation_id, n.position, n.sender_id, n.everybody,
        n.mentions::uuid[] as mentions, r.sender_id as replied_to
      from unnest(
        ${news.map((one) => one.conversation_id)}::uuid[], ${news.map((one) => one.position)}::int[],
        ${news.map((one) => one.sender_id)}::uuid[], ${news.map((one) => one.reply_to)}::int[],
        ${everybody}::bool[], ${news.map((one) => `{${(one.mentions ?? []).join()}}`)}::text[]
      ) as n (conversation_id, position, sender_id, reply_to, everybody, mentions)
      left join lateral (
        select sender_id from messages.messages
        where conversation_id = n.conversation_id and position = n.reply_to
        limit 1
      ) r on true
    ), called as (
      select conversation_id, replied_to as user_id from news where replied_to is not null
      union select conversation_id, unnest(mentions) from news
    ), listening as materialized (
      select p.conversation_id, p.user_id, p.notify, p.muted_until, p.read_position, p.joined_position
      from (
        select conversation_id as id, bool_or(everybody) as calls_everybody from news group by id
      ) c
      join messages.participants p on p.conversation_id = c.id and p.left_position is null
      where c.calls_everybody or p.notify = 'all' or p.user_id = any(${waiting}::uuid[])
        or (p.conversation_id, p.user_id) in (select conversation_id, user_id from called)
    )
    select l.conversation_id, n.position, l.user_id, l.notify, l.muted_until, l.read_position,
      n.replied_to
    from news n
    join listening l on l.conversation_id = n.conversation_id
      and l.joined_position < n.position and l.user_id <> n.sender_id
      and (n.everybody or l.notify = 'all' or l.user_id = n.replied_to
        or l.user_id = any(n.mentions) or l.user_id = any(${waiting}::uuid[]))`
}

function toAddressee(message: News, member: Member): Addressee {
  return {
    userId: member.user_id,
    calling: callingOf(message, member),
    level: member.notify,
    mutedUntil: member.muted_until?.toISOString() ?? null,
    readPosition: member.read_position,
  }
}

function callingOf(message: News, member: Member): Calling | undefined {
  if (message.conversation_kind === 'direct') return 'direct'
  const { mentions, mentionsAll } = presentTextMessage(message)
  if (mentions.includes(member.user_id)) return 'mention'
  if (member.replied_to === member.user_id) return 'reply'
  return mentionsAll ? 'all' : undefined
}
