import { type Conversation, timeInputSchema } from '@chatapp/protocol'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { presentConversations } from './present.ts'
import { listOverviews, type Overview } from './queries.ts'

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
  const after = page.cursor === undefined ? undefined : readPlace(page.cursor)
  const overviews = await listOverviews(context.db, {
    userId,
    limit: page.limit + 1,
    ...(after && { after }),
  })
  const items = await presentConversations(context, overviews.slice(0, page.limit))
  const last = overviews.length > page.limit ? overviews[page.limit - 1] : undefined
  return {
    items,
    next: last ? writeCursor(placeOf(last)) : null,
  }
}

function readPlace(cursor: string): { lastMessageAt: Date; id: string } {
  const [at, id] = readCursor(cursorSchema, cursor)
  return { lastMessageAt: new Date(at), id }
}

const placeOf = ({ conversation }: Overview) => [
  conversation.last_message_at.toISOString(),
  conversation.id,
]
