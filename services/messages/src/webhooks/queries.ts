import type { Queries, Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { ConversationRow, Database, WebhookEventRow, WebhookRow } from '../db/schema.ts'

export function getConversation(
  db: Kysely<Database>,
  id: string,
): Promise<ConversationRow | undefined> {
  return db.selectFrom('messages.conversations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** By id; untitled conversations are left out. */
export async function findTitles(sql: Queries, ids: string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; title: string }[]>`
    select id, title from messages.conversations
    where id = any(${ids}::uuid[]) and title is not null`
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** A webhook with how much it has to do. */
export type WebhookOverview = WebhookRow & { waiting: number; failed: number }

interface Page {
  limit: number
  /** The last one of the page before. */
  after: string | undefined
}

/** One more than the page holds. */
export function findWebhooks(
  sql: Queries,
  conversationId: string | null,
  { limit, after }: Page,
): PromiseLike<WebhookOverview[]> {
  return sql<WebhookOverview[]>`
    select w.*, e.waiting, e.failed from messages.webhooks w
    cross join lateral (${countEvents(sql)}) e
    where (${conversationId}::uuid is null or w.conversation_id = ${conversationId}::uuid)
      and (${after ?? null}::uuid is null or w.id > ${after ?? null}::uuid)
    order by w.id limit ${limit + 1}`
}

export async function findWebhook(sql: Queries, id: string): Promise<WebhookOverview | undefined> {
  const [row] = await sql<WebhookOverview[]>`
    select w.*, e.waiting, e.failed from messages.webhooks w
    cross join lateral (${countEvents(sql)}) e where w.id = ${id}`
  return row
}

const countEvents = (sql: Queries) => sql`
  select count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where state = 'failed')::int as failed
  from messages.webhook_events where webhook_id = w.id`

export async function countWebhooks(sql: Queries, conversationId: string | null): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from messages.webhooks
    where conversation_id is not distinct from ${conversationId}::uuid`
  return row?.count ?? 0
}

export async function insertWebhook(sql: Queries, row: WebhookRow): Promise<void> {
  await sql`
    insert into messages.webhooks
      (id, conversation_id, url, events, secret, state, created_by, created_at, rests_until)
    values (${row.id}, ${row.conversation_id}, ${row.url}, ${row.events}::text[], ${row.secret},
      ${row.state}, ${row.created_by}, ${row.created_at}, ${row.rests_until})`
}

/** What was said up to now is not told to this webhook. Conversations to come have no cursor yet. */
export async function startFromHere(
  sql: Queries,
  { id, conversation_id }: Pick<WebhookRow, 'id' | 'conversation_id'>,
): Promise<void> {
  await sql`
    insert into messages.webhook_cursors (webhook_id, conversation_id, position)
    select ${id}::uuid, c.id, c.last_position from messages.conversations c
    where c.kind = 'group' and c.last_position > 0
      and (${conversation_id}::uuid is null or c.id = ${conversation_id}::uuid)
    on conflict (webhook_id, conversation_id) do update set position = excluded.position`
}

export async function setState(
  sql: Queries,
  id: string,
  state: WebhookRow['state'],
): Promise<void> {
  await sql`update messages.webhooks set state = ${state} where id = ${id}`
}

export async function deleteWebhookRow(sql: Queries, id: string): Promise<void> {
  await sql`delete from messages.webhooks where id = ${id}`
}

/** One more than the page holds. */
export function findFailed(
  sql: Queries,
  webhookId: string,
  { limit, after }: Page,
): PromiseLike<WebhookEventRow[]> {
  return sql<WebhookEventRow[]>`
    select * from messages.webhook_events
    where webhook_id = ${webhookId} and state = 'failed' and id > ${after ?? ''}
    order by id limit ${limit + 1}`
}

export async function waitAgain(sql: Sql, webhookId: string, now: number): Promise<number> {
  const rows = await sql`
    update messages.webhook_events
    set state = 'waiting', tries = 0, next_at = ${new Date(now)}, created_at = ${new Date(now)}
    where webhook_id = ${webhookId} and state = 'failed' returning 1`
  return rows.length
}
