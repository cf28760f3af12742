import type { Queries, Sql } from '@chatapp/service-kit'
import { findOldNews, SUMMARY } from '../summaries/queries.ts'
import type { Due, Ended } from './due.ts'
import { type Free, LANE_WIDTH } from './lanes.ts'
import { writeDown } from './log.ts'

/** Whoever took a topic and is heard no more has died: another process takes it. */
const LEASE_MS = 30_000

interface Room {
  limit: number
  /** Where there is room for less than a whole lane. */
  lanes: Free[]
  /** Whether summaries go out. */
  hasSummaries: boolean
  now: number
}

/**
 * Takes what is due, the longest waiting of each push service first; several processes take
 * different ones. What is for a device that is to be left alone is due again afterwards.
 */
export async function takeDue(sql: Sql, room: Room): Promise<Due[]> {
  const taken = await take(sql, room)
  const summaries = taken.filter((one) => one.conversation_id === SUMMARY)
  // After the topics: what it is about is then at least as new as its generation.
  const oldNews = await findOldNews(
    sql,
    summaries.map((one) => one.user_id),
  )
  return taken.map((one) => ({
    ...one,
    oldNews: (one.conversation_id === SUMMARY && oldNews.get(one.user_id)) || [],
  }))
}

function take(sql: Sql, { limit, lanes, hasSummaries, now }: Room) {
  const time = new Date(now)
  return sql<Omit<Due, 'oldNews'>[]>`
    with recursive origins as (
      (select origin from notifications.topics where state <> 'shown' order by origin limit 1)
      union all
      select (select t.origin from notifications.topics t
        where t.state <> 'shown' and t.origin > o.origin order by t.origin limit 1)
      from origins o where o.origin is not null
    ), lanes as materialized (
      select origin, coalesce(free, ${LANE_WIDTH}) as free from origins left join unnest(
        ${lanes.map(({ origin }) => origin)}::text[], ${lanes.map(({ free }) => free)}::int[]
      ) as used (origin, free) using (origin)
      where origin is not null order by random()
    ), due as (
      select first.* from lanes cross join lateral (
        select subscription_id, conversation_id from notifications.topics
        where origin = lanes.origin and state <> 'shown' and next_at <= ${time}
          and (${hasSummaries}::boolean or conversation_id <> ${SUMMARY})
        order by next_at limit lanes.free for update skip locked
      ) as first limit ${limit}
    ), taken as (
      update notifications.topics t
      set next_at = greatest(${new Date(now + LEASE_MS)}, s.wait_until),
        is_out = t.is_out or s.is_ready, tries = t.tries + s.is_ready::int
      from due join (
        select *, coalesce(wait_until <= ${time}, true) as is_ready from notifications.subscriptions
      ) as s on s.id = due.subscription_id
      where t.subscription_id = due.subscription_id and t.conversation_id = due.conversation_id
      returning t.*, s.endpoint, s.p256dh, s.auth, s.is_ready
    )
    select taken.*, p.payload from taken
    left join notifications.preferences p on p.user_id = taken.user_id
    where is_ready`
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
    await leaveAlone(trx, sorted)
    await trx`
      delete from notifications.subscriptions
      where id = any(${gone.map(({ due }) => due.subscription_id)}::uuid[])`
  })
}

async function leaveAlone(sql: Queries, ended: Ended[]): Promise<void> {
  const asked = ended.flatMap(({ due, waitUntil }) =>
    waitUntil === null ? [] : [{ id: due.subscription_id, until: new Date(waitUntil) }],
  )
  if (asked.length === 0) return
  await sql`
    update notifications.subscriptions s set wait_until = greatest(s.wait_until, w.until)
    from (
      select id, max(until) as until from unnest(
        ${asked.map(({ id }) => id)}::uuid[],
        ${asked.map(({ until }) => until.toISOString())}::timestamptz[]
      ) as asked (id, until) group by id
    ) w where s.id = w.id`
}

const keyOf = ({ due }: Ended) => `${due.subscription_id} ${due.conversation_id}`
