import type { MessageNotice, NoticeReason } from '@chatapp/protocol'
import { createId, type Queries } from '@chatapp/service-kit'
import type { TopicRow } from '../db/schema.ts'
import type { Decision } from '../deciding/policy.ts'
import { kept } from '../pushing/present.ts'
import { saveUnseen } from '../screens/queries.ts'
import { GATHER_MS } from '../summaries/policy.ts'
import { SUMMARY, saveOldNews } from '../summaries/queries.ts'
import type { Judged } from './judge.ts'

/** New news are not given up for the age of the old: the rests between tries stay long. */
const TRIES_KEPT = 10

/** What was decided counts the first time only; tells which decisions were new. */
export async function storeNotices(sql: Queries, judged: Judged[], now: number): Promise<Judged[]> {
  if (judged.length === 0) return []
  const sorted = judged.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const rows = await sql<{ user_id: string; conversation_id: string; position: number }[]>`
    insert into notifications.notices
      (user_id, conversation_id, position, id, outcome, reason, decided_at)
    select *, ${new Date(now)}::timestamptz from unnest(
      ${sorted.map(({ userId }) => userId)}::uuid[],
      ${sorted.map(({ message }) => message.conversationId)}::uuid[],
      ${sorted.map(({ message }) => message.position)}::int[],
      ${sorted.map(() => createId(now))}::uuid[],
      ${sorted.map(({ decision }) => decision.outcome)}::text[],
      ${sorted.map(({ decision }) => decision.reason)}::text[])
    on conflict do nothing returning user_id, conversation_id, position`
  const fresh = new Set(rows.map((row) => `${row.user_id} ${row.conversation_id} ${row.position}`))
  const told = sorted.filter((one) =>
    fresh.has(`${one.userId} ${one.message.conversationId} ${one.message.position}`),
  )
  await saveUnseen(sql, told.filter(isOnScreen).map(ownNotice), now)
  const late = told.filter(({ decision }) => decision.outcome === 'digest')
  await saveOldNews(sql, late.map(lateOf), now)
  await saveTopics(sql, gather(told), now)
  return told
}

const keyOf = ({ userId, message }: Judged) =>
  `${userId} ${message.conversationId} ${`${message.position}`.padStart(10, '0')}`

const isOnScreen = ({ decision }: Judged) => decision.reason === 'on-screen'

const ownNotice = ({ message, userId }: Judged) => ({
  ...message,
  userId,
  text: kept(message.text),
  addressees: message.addressees.filter((one) => one.userId === userId),
})

interface Forgotten {
  userId: string
  conversationId: string
  positions: number[]
  reason: NoticeReason
}

/** So that they can be decided anew. */
export async function forgetNotices(
  sql: Queries,
  { userId, conversationId, positions, reason }: Forgotten,
): Promise<void> {
  await sql`
    delete from notifications.notices
    where user_id = ${userId} and conversation_id = ${conversationId}
      and position = any(${positions}::int[]) and reason = ${reason}`
}

interface Topic {
  subscriptionId: string
  conversationId: string
  userId: string
  first: number
  last: number
  count: number
  title: string | null
  body: string | null
  urgency: TopicRow['urgency']
}

/** One topic of each device and conversation, and one of each device for all that comes late. */
function gather(told: Judged[]): Topic[] {
  const topics = new Map<string, Topic>()
  for (const { message, userId, subscriptionIds, decision } of told) {
    if (decision.outcome !== 'push' && decision.outcome !== 'digest') continue
    const tells = decision.outcome === 'digest' ? ALL_OLD_NEWS : tellingOf(message)
    for (const subscriptionId of subscriptionIds) {
      const key = `${subscriptionId} ${tells.conversationId}`
      const before = topics.get(key)
      topics.set(key, {
        ...{ ...tells, subscriptionId, userId, urgency: urgencyOf(decision) },
        first: before?.first ?? tells.last,
        count: (before?.count ?? 0) + tells.count,
      })
    }
  }
  return [...topics.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, topic]) => topic)
}

type Telling = Pick<Topic, 'conversationId' | 'last' | 'count' | 'title' | 'body'>

/** Of what and how much is looked up when it is sent. */
const ALL_OLD_NEWS: Telling = {
  ...{ conversationId: SUMMARY, last: 0, count: 0, title: null, body: null },
}

const tellingOf = (message: MessageNotice): Telling => ({
  conversationId: message.conversationId,
  last: message.position,
  count: 1,
  title: titleOf(message),
  body: kept(message.text),
})

const lateOf = ({ message, userId }: Judged) => ({
  userId,
  conversationId: message.conversationId,
  position: message.position,
  title: kept(titleOf(message)),
})

function urgencyOf({ outcome, reason }: Decision): TopicRow['urgency'] {
  if (outcome === 'digest') return 'low'
  return reason === 'level-all' ? 'normal' : 'high'
}

/**
 * What is due stays due: neither a back-off nor somebody's lease is cut short. Late news goes on
 * gathering, so that a long absence makes one push message and not one every two seconds.
 */
async function saveTopics(sql: Queries, topics: Topic[], now: number): Promise<void> {
  if (topics.length === 0) return
  const time = new Date(now)
  const dueOf = ({ urgency }: Topic) => now + (urgency === 'low' ? GATHER_MS : 0)
  await sql`
    insert into notifications.topics as t (subscription_id, conversation_id, user_id, state,
      urgency, first_position, position, count, title, body, next_at, created_at, origin)
    select s, c, u, 'waiting', g, f, p, n, h, b, d, ${time}::timestamptz,
      substring(endpoint from '^[^/]*//[^/]+')
    from unnest(
      ${topics.map((t) => t.subscriptionId)}::uuid[],
      ${topics.map((t) => t.conversationId)}::uuid[], ${topics.map((t) => t.userId)}::uuid[],
      ${topics.map((t) => t.urgency)}::text[], ${topics.map((t) => t.first)}::int[],
      ${topics.map((t) => t.last)}::int[], ${topics.map((t) => t.count)}::int[],
      ${topics.map((t) => t.title)}::text[], ${topics.map((t) => t.body)}::text[],
      ${topics.map((t) => new Date(dueOf(t)).toISOString())}::timestamptz[]
    ) as new (s, c, u, g, f, p, n, h, b, d)
    join notifications.subscriptions on id = s
    on conflict (subscription_id, conversation_id) do update set
      state = 'waiting', urgency = excluded.urgency,
      first_position = case when t.state = 'closing' then excluded.first_position
        else least(t.first_position, excluded.first_position) end,
      position = greatest(t.position, excluded.position),
      count = excluded.count + case when t.state = 'closing' then 0 else t.count end,
      title = excluded.title, body = excluded.body, generation = t.generation + 1,
      next_at = case when t.state = 'shown' or (t.urgency = 'low' and excluded.urgency = 'low'
          and t.state = 'waiting' and t.tries = 0) then excluded.next_at else t.next_at end,
      tries = least(t.tries, ${TRIES_KEPT}), origin = excluded.origin,
      created_at = case when t.state = 'shown' then excluded.created_at else t.created_at end`
}

const titleOf = ({ title, senderName }: MessageNotice) =>
  title === null ? senderName : `${senderName} · ${title}`
