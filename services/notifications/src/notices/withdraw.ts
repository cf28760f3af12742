import { type NotificationChange, POSITION_MAX } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import { kept } from '../pushing/present.ts'
import { forgetSeen } from '../screens/queries.ts'
import { findSummed, passOldNews, shrinkSummaries } from '../summaries/queries.ts'

type Unsent = Extract<NotificationChange, { type: 'unsent' }>
type Edited = Extract<NotificationChange, { type: 'edited' }>
type Read = Extract<NotificationChange, { type: 'read' }>
type Over = Read | Extract<NotificationChange, { type: 'left' }>

/** Nobody is told any more of what they have read, of what is unsent, and of where they are not. */
export async function withdraw(
  sql: Queries,
  changes: NotificationChange[],
  now: number,
): Promise<void> {
  const unsent = changes.filter((one) => one.type === 'unsent')
  const over = changes.filter((one) => one.type === 'read' || one.type === 'left')
  const shrunk = [...(await findSummed(sql, unsent)), ...(await passOldNews(sql, over))]
  for (const change of changes.filter((one) => one.type === 'edited')) await replace(sql, change)
  for (const change of unsent) await takeBack(sql, change, now)
  await closeAll(sql, over, now)
  await countRest(
    sql,
    over.filter((one) => one.type === 'read'),
  )
  await shrinkSummaries(sql, shrunk, now)
  await forgetSeen(sql, changes)
}

/** What still waits goes out as it is now; nobody is told anew. */
async function replace(sql: Queries, { conversationId, position, text }: Edited): Promise<void> {
  await sql`
    update notifications.topics set body = ${kept(text)}, generation = generation + 1
    where conversation_id = ${conversationId} and position = ${position} and state = 'waiting'
      and body is not null`
}

/** Others that the notification counts stay; its text goes, if it was that one. */
async function takeBack(
  sql: Queries,
  { conversationId, position }: Unsent,
  now: number,
): Promise<void> {
  const time = new Date(now)
  await sql`
    update notifications.topics t
    set generation = generation + 1, count = count - 1,
      body = case when position = ${position} then null else body end,
      state = case when count <= 1 then 'closing'
        when position = ${position} then 'waiting' else state end,
      next_at = case when state = 'shown' then ${time}::timestamptz else next_at end,
      created_at = case when state = 'shown' then ${time}::timestamptz else created_at end
    where conversation_id = ${conversationId} and state <> 'closing'
      and first_position <= ${position} and position >= ${position}
      and exists (
        select 1 from notifications.notices n
        where n.user_id = t.user_id and n.conversation_id = t.conversation_id
          and n.position = ${position} and n.outcome = 'push'
      )`
  await sql`
    update notifications.notices set outcome = 'nothing', reason = 'unsent'
    where (user_id, conversation_id, position) in (
      select user_id, ${conversationId}::uuid, ${position}::int from notifications.topics
      where conversation_id = ${conversationId}
      union all
      select user_id, ${conversationId}, ${position} from notifications.old_news
      where conversation_id = ${conversationId}
    ) and outcome in ('push', 'digest')`
  await forgetUntold(sql, [conversationId])
}

async function closeAll(sql: Queries, over: Over[], now: number): Promise<void> {
  if (over.length === 0) return
  const sorted = over.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  await sql`
    update notifications.topics t
    set state = 'closing', body = null, title = null, generation = generation + 1,
      next_at = case when t.state = 'shown' then ${new Date(now)}::timestamptz else t.next_at end,
      created_at = case when t.state = 'shown' then ${new Date(now)} else t.created_at end
    from unnest(${sorted.map(({ userId }) => userId)}::uuid[],
      ${sorted.map(({ conversationId }) => conversationId)}::uuid[],
      ${sorted.map((one) => (one.type === 'read' ? one.position : POSITION_MAX))}::int[]
    ) as o (user_id, conversation_id, position)
    where t.user_id = o.user_id and t.conversation_id = o.conversation_id
      and t.position <= o.position and t.state <> 'closing'`
  await forgetUntold(
    sql,
    sorted.map(({ conversationId }) => conversationId),
  )
}

/** Of some of what a notification tells of: the next one counts what is left. */
async function countRest(sql: Queries, reads: Read[]): Promise<void> {
  if (reads.length === 0) return
  await sql`
    update notifications.topics t
    set first_position = o.position + 1, generation = t.generation + 1,
      count = least(t.count, (
        select greatest(count(*), 1) from notifications.notices n
        where n.user_id = t.user_id and n.conversation_id = t.conversation_id
          and n.position > o.position and n.position <= t.position and n.outcome = 'push'
      ))
    from (
      select user_id, conversation_id, max(position) as position
      from unnest(${reads.map(({ userId }) => userId)}::uuid[],
        ${reads.map(({ conversationId }) => conversationId)}::uuid[],
        ${reads.map(({ position }) => position)}::int[]) as r (user_id, conversation_id, position)
      group by user_id, conversation_id
    ) o
    where t.user_id = o.user_id and t.conversation_id = o.conversation_id
      and t.first_position <= o.position and t.position > o.position and t.state <> 'closing'`
}

/** Of what no device has heard nothing has to be taken back. */
async function forgetUntold(sql: Queries, conversationIds: string[]): Promise<void> {
  await sql`
    delete from notifications.topics
    where conversation_id = any(${conversationIds}::uuid[]) and state = 'closing' and not is_out`
}

const keyOf = ({ userId, conversationId }: Over) => `${userId} ${conversationId}`
