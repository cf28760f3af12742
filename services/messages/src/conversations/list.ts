import { type Conversation, invalidField, timeInputSchema } from '@chatapp/protocol'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { presentConversations } from './present.ts'
import { listOverviews } from './queries.ts'

interface Page {
  limit: number
  cursor?: string | undefined
}

const cursorSchema = z.tuple([timeInputSchema, z.uuid()])

/** My conversations, latest activity first. */
export async function listConversations(
  context: Context,
  userId: string,
  page: Page,
): Promise<{ items: Conversation[]; next: string | null }> {
  const after = page.cursor === undefined ? undefined : readCursor(page.cursor)
  const overviews = await listOverviews(context.db, {
    userId,
    limit: page.limit + 1,
    ...(after && { after }),
  })
  const items = await presentConversations(context, overviews.slice(0, page.limit))
  const last = overviews.length > page.limit ? overviews[page.limit - 1] : undefined
  return {
    items,
    next: last ? writeCursor(last.conversation.last_message_at, last.conversation.id) : null,
  }
}

const writeCursor = (at: Date, id: string) =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')

function readCursor(cursor: string): { lastMessageAt: Date; id: string } {
  try {
    const [at, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { lastMessageAt: new Date(at), id }
  } catch {
    throw invalidField('cursor', 'must be a cursor that an earlier page gave')
  }
}
