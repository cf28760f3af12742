import { ChatError, type FailedEvent, type Webhook, type WebhookTest } from '@chatapp/protocol'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { assertManages, isInstanceAdmin } from './policy.ts'
import { presentFailed, presentWebhook } from './present.ts'
import {
  deleteWebhookRow,
  findFailed,
  findWebhook,
  findWebhooks,
  setState,
  startFromHere,
  type WebhookOverview,
  waitAgain,
} from './queries.ts'
import { testWebhook } from './test.ts'

interface Page {
  limit: number
  cursor?: string | undefined
}

interface Which {
  userId: string
  id: string
}

export async function listWebhooks(
  context: Context,
  userId: string,
  page: Page & { conversationId?: string | undefined },
): Promise<{ items: Webhook[]; next: string | null }> {
  const conversationId = page.conversationId ?? null
  await assertManages(context, { userId, conversationId })
  const after = page.cursor === undefined ? undefined : readCursor(z.uuid(), page.cursor)
  const rows = await findWebhooks(context.sql, conversationId, { limit: page.limit, after })
  return cutPage(rows, page.limit, presentWebhook)
}

/** Switched on again it goes on from here. */
export async function switchWebhook(
  context: Context,
  which: Which,
  state: 'on' | 'off',
): Promise<Webhook> {
  const webhook = await getManaged(context, which)
  if (webhook.state !== state)
    await context.sql.begin(async (trx) => {
      if (state === 'on') await startFromHere(trx, webhook)
      await setState(trx, webhook.id, state)
    })
  return presentWebhook({ ...webhook, state })
}

export async function deleteWebhook(context: Context, which: Which): Promise<undefined> {
  const { id } = await getManaged(context, which)
  await deleteWebhookRow(context.sql, id)
}

export async function testManagedWebhook(context: Context, which: Which): Promise<WebhookTest> {
  return testWebhook(context, await getManaged(context, which))
}

export async function listFailedEvents(
  context: Context,
  which: Which,
  { limit, cursor }: Page,
): Promise<{ items: FailedEvent[]; next: string | null }> {
  const { id } = await getManaged(context, which)
  const after = cursor === undefined ? undefined : readCursor(z.string().max(100), cursor)
  const rows = await findFailed(context.sql, id, { limit, after })
  return cutPage(rows, limit, presentFailed)
}

export async function retryFailedEvents(
  context: Context,
  which: Which,
): Promise<{ events: number }> {
  const { id } = await getManaged(context, which)
  return { events: await waitAgain(context.sql, id, context.now()) }
}

/** What one may not know of is not there. */
async function getManaged(context: Context, { userId, id }: Which): Promise<WebhookOverview> {
  const webhook = await findWebhook(context.sql, id)
  const mayKnow =
    webhook && (webhook.conversation_id !== null || (await isInstanceAdmin(context, userId)))
  if (!mayKnow) throw notFound()
  await assertManages(context, { userId, conversationId: webhook.conversation_id }).catch(
    (error) => {
      throw error instanceof ChatError && error.code === 'not-found' ? notFound() : error
    },
  )
  return webhook
}

const notFound = () => new ChatError('not-found', 'There is no such webhook, or it is not yours.')

function cutPage<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  present: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(present), next: last ? writeCursor(last.id) : null }
}
