import { createHash } from 'node:crypto'
import type { WebhookEvent } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { MessageRow, OutboxRow, WebhookRow } from '../db/schema.ts'
import { changedMessages } from '../log/changed-messages.ts'
import { deleteTaken, takeWaiting, WEBHOOKS } from '../log/outbox.ts'
import { takeTurn } from '../turn.ts'

const TAKING = { consumer: WEBHOOKS, rowsMax: 50, changesMax: 500 }
/** Of one conversation and webhook; the rest comes in the next round. */
const NEWS_MAX = 500

interface Event {
  webhookId: string
  id: string
  type: WebhookEvent
  conversationId: string
  position: number
  at: Date
}

type Told = Pick<
  MessageRow,
  'conversation_id' | 'position' | 'kind' | 'event' | 'sent_at' | 'edited_at' | 'unsent_at'
> &
  Pick<WebhookRow, 'events'> & { webhook_id: string }

/**
 * Puts what happened into the queues of the webhooks that want it. One process at a time, and in the
 * transaction that forgets the outbox rows: nothing is left out, and what is put twice has one id.
 */
export async function feedWebhooks({ sql, now }: Context): Promise<'more' | 'none'> {
  const waiting = await sql`
    select 1 from messages.outbox where consumer = ${WEBHOOKS} limit 1`
  if (waiting.length === 0) return 'none'
  return sql.begin(async (trx) => {
    if (!(await takeTurn(trx, 'webhooks'))) return 'none'
    const { rows } = await takeWaiting(trx, TAKING)
    const changed = await findChanged(trx, rows)
    const news = await findNews(trx, rows)
    await insertEvents(trx, [...news.flatMap(toNews), ...changed.flatMap(toChange)], now())
    await moveCursors(trx, news)
    // Where there was more than fits, these rows lead to the rest.
    if (!isCut(news)) await deleteTaken(trx, WEBHOOKS, rows)
    return 'more'
  })
}

/** By position: what was edited or reacted to meanwhile is still new. */
function findNews(sql: Queries, rows: OutboxRow[]): PromiseLike<Told[]> {
  return sql<Told[]>`
    select w.id as webhook_id, w.events, m.*
    from unnest(${[...new Set(rows.flatMap((row) => row.conversation_ids))]}::uuid[]) as changed (id)
    join messages.conversations c on c.id = changed.id and c.kind = 'group'
    join messages.webhooks w
      on w.state = 'on' and (w.conversation_id is null or w.conversation_id = c.id)
    left join messages.webhook_cursors k on k.webhook_id = w.id and k.conversation_id = c.id
    cross join lateral (
      select conversation_id, position, kind, event, sent_at, edited_at, unsent_at
      from messages.messages
      where conversation_id = c.id and position > coalesce(k.position, 0)
      order by position limit ${NEWS_MAX}
    ) m`
}

/** Of what a webhook has been told of, what was edited or unsent. */
function findChanged(sql: Queries, rows: OutboxRow[]): PromiseLike<Told[]> {
  return sql<Told[]>`
    select distinct w.id as webhook_id, w.events, m.conversation_id, m.position, m.kind,
      m.sent_at, m.edited_at, m.unsent_at
    from ${changedMessages(sql, rows)}
    join messages.webhooks w
      on w.state = 'on' and (w.conversation_id is null or w.conversation_id = changed.id)
    join messages.webhook_cursors k on k.webhook_id = w.id and k.conversation_id = changed.id
      and k.position >= m.position
    where m.edited_at is not null or m.unsent_at is not null`
}

function toNews(row: Told): Event[] {
  const type = row.kind === 'text' ? 'message.created' : NEWS_OF_SYSTEM[row.event?.type ?? 'none']
  if (!type || row.unsent_at) return []
  return eventOf(row, type, row.sent_at)
}

const NEWS_OF_SYSTEM: Record<string, WebhookEvent | undefined> = {
  joined: 'member.joined',
  left: 'member.left',
  removed: 'member.left',
}

function toChange(row: Told): Event[] {
  if (row.unsent_at) return eventOf(row, 'message.unsent', row.unsent_at)
  return row.edited_at ? eventOf(row, 'message.edited', row.edited_at) : []
}

/** The same event has the same id whenever it is found, so that receivers can tell. */
function eventOf(row: Told, type: WebhookEvent, at: Date): Event[] {
  const { webhook_id: webhookId, conversation_id: conversationId, position } = row
  if (!row.events.includes(type)) return []
  const what = [webhookId, conversationId, position, type, at.toISOString()].join(' ')
  const id = `evt_${createHash('sha256').update(what).digest('base64url').slice(0, 27)}`
  return [{ webhookId, id, type, conversationId, position, at }]
}

async function insertEvents(sql: Queries, events: Event[], now: number): Promise<void> {
  if (events.length === 0) return
  await sql`
    insert into messages.webhook_events (webhook_id, id, type, conversation_id, position,
      happened_at, state, next_at, created_at)
    select *, 'waiting', ${new Date(now)}::timestamptz, ${new Date(now)}::timestamptz from unnest(
      ${events.map((event) => event.webhookId)}::uuid[], ${events.map((event) => event.id)}::text[],
      ${events.map((event) => event.type)}::text[],
      ${events.map((event) => event.conversationId)}::uuid[],
      ${events.map((event) => event.position)}::int[],
      ${events.map((event) => event.at.toISOString())}::timestamptz[])
    on conflict do nothing`
}

async function moveCursors(sql: Queries, news: Told[]): Promise<void> {
  if (news.length === 0) return
  await sql`
    insert into messages.webhook_cursors (webhook_id, conversation_id, position)
    select w, c, max(p) from unnest(
      ${news.map((row) => row.webhook_id)}::uuid[], ${news.map((row) => row.conversation_id)}::uuid[],
      ${news.map((row) => row.position)}::int[]) as told (w, c, p)
    group by w, c
    on conflict (webhook_id, conversation_id) do update
      set position = greatest(webhook_cursors.position, excluded.position)`
}

function isCut(news: Told[]): boolean {
  const counts = Map.groupBy(news, (row) => `${row.webhook_id} ${row.conversation_id}`)
  return [...counts.values()].some((rows) => rows.length >= NEWS_MAX)
}
