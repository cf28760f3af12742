import type { DeliveryOutcome, NotificationPreferences } from '@chatapp/protocol'
import { createId, type Sql } from '@chatapp/service-kit'
import type { TopicRow } from '../db/schema.ts'

/** Whoever took a topic and is heard no more has died: another process takes it. */
const LEASE_MS = 30_000

export type Due = TopicRow & {
  endpoint: string
  p256dh: string
  auth: string
  payload: NotificationPreferences['payload'] | null
}

/** Takes what is due, the longest waiting first; several processes take different ones. */
export async function takeDue(sql: Sql, { limit, now }: { limit: number; now: number }) {
  return sql<Due[]>`
    with due as (
      select subscription_id, conversation_id from notifications.topics
      where state <> 'shown' and next_at <= ${new Date(now)}
      order by next_at limit ${limit} for update skip locked
    ), taken as (
      update notifications.topics t
      set next_at = ${new Date(now + LEASE_MS)}, is_out = true, tries = t.tries + 1
      from due where t.subscription_id = due.subscription_id
        and t.conversation_id = due.conversation_id
      returning t.*
    )
    select taken.*, s.endpoint, s.p256dh, s.auth, p.payload from taken
    join notifications.subscriptions s on s.id = taken.subscription_id
    left join notifications.preferences p on p.user_id = taken.user_id`
}

export interface Ended {
  due: Due
  outcome: DeliveryOutcome
  status: number | null
  /** When to try again; null: never. */
  againAt: number | null
}

/** Writes down how tries ended; a topic that changed meanwhile is due again at once. */
export async function recordEnded(sql: Sql, ended: Ended[], now: number): Promise<void> {
  const sorted = ended.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const gone = ended.filter(({ outcome }) => outcome === 'gone')
  await sql.begin(async (trx) => {
    await trx`
      update notifications.topics t
      set state = case when e.again is null and t.generation = e.generation
          then 'shown' else t.state end,
        body = case when e.again is null and t.generation = e.generation then null else t.body end,
        tries = case when e.again is null then 0 else t.tries end,
        next_at = coalesce(e.again, ${new Date(now)})
      from unnest(
        ${sorted.map(({ due }) => due.subscription_id)}::uuid[],
        ${sorted.map(({ due }) => due.conversation_id)}::uuid[],
        ${sorted.map(({ due }) => due.generation)}::int[],
        ${sorted.map(({ againAt }) => againAt && new Date(againAt).toISOString())}::timestamptz[]
      ) as e (subscription_id, conversation_id, generation, again)
      where t.subscription_id = e.subscription_id and t.conversation_id = e.conversation_id`
    const closed = sorted.filter(({ due, againAt }) => due.state === 'closing' && againAt === null)
    await trx`
      delete from notifications.topics t
      using unnest(${closed.map(({ due }) => due.subscription_id)}::uuid[],
        ${closed.map(({ due }) => due.conversation_id)}::uuid[],
        ${closed.map(({ due }) => due.generation)}::int[]
      ) as e (subscription_id, conversation_id, generation)
      where t.subscription_id = e.subscription_id and t.conversation_id = e.conversation_id
        and t.generation = e.generation`
    await writeDown(trx, sorted, now)
    await trx`
      delete from notifications.subscriptions
      where id = any(${gone.map(({ due }) => due.subscription_id)}::uuid[])`
  })
}

function writeDown(sql: Parameters<Parameters<Sql['begin']>[0]>[0], ended: Ended[], now: number) {
  return sql`
    insert into notifications.deliveries
      (id, user_id, conversation_id, subscription_id, position, kind, outcome, status, at)
    select *, ${new Date(now)}::timestamptz from unnest(
      ${ended.map(() => createId(now))}::uuid[], ${ended.map(({ due }) => due.user_id)}::uuid[],
      ${ended.map(({ due }) => due.conversation_id)}::uuid[],
      ${ended.map(({ due }) => due.subscription_id)}::uuid[],
      ${ended.map(({ due }) => due.position)}::int[],
      ${ended.map(({ due }) => (due.state === 'closing' ? 'close' : 'message'))}::text[],
      ${ended.map(({ outcome }) => outcome)}::text[], ${ended.map(({ status }) => status)}::int[])`
}

const keyOf = ({ due }: Ended) => `${due.subscription_id} ${due.conversation_id}`
