import {
  type ActivityItem,
  type AnswerOf,
  positionSchema,
  type QueryOf,
  type routes,
  timeInputSchema,
} from '@chatapp/protocol'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { MessageRow } from '../db/schema.ts'
import { presentMessage, presentTextMessage } from '../messages/present.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import {
  type Concern,
  countUnread,
  findConcerns,
  findQuotes,
  findUnread,
  type Place,
  placeKey,
} from './find.ts'

type Query = QueryOf<typeof routes.listActivity>
type Page = AnswerOf<typeof routes.listActivity>

const cursorSchema = z.tuple([timeInputSchema, z.uuid(), positionSchema])

/** What was for me in particular, the latest first: texts, rights and cursors are those of now. */
export async function listActivity(
  { sql }: Context,
  userId: string,
  { filter, limit, cursor }: Query,
): Promise<Page> {
  const find = filter === 'unread' ? findUnread : findConcerns
  const behind = cursor === undefined ? undefined : readPlace(cursor)
  const [found, unread] = await Promise.all([
    find(sql, { userId, limit: limit + 1, behind }),
    countUnread(sql, userId),
  ])
  const shown = found.slice(0, limit)
  const quotes = await findQuotes(sql, shown)
  const last = found.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((concern) => present(concern, quotes)),
    next: last
      ? writeCursor([last.sent_at.toISOString(), last.conversation_id, last.position])
      : null,
    unread,
  }
}

function present(concern: Concern, quotes: Map<string, MessageRow>): ActivityItem {
  const { conversation_id: id, reply_to: replyTo, calling, title, floor, isUnread } = concern
  const quote = quotes.get(placeKey(id, replyTo))
  return {
    kind: calling,
    message: presentTextMessage(concern, floor),
    quote: quote ? presentMessage(quote, floor) : null,
    conversation: { id, title },
    isUnread,
  }
}

function readPlace(cursor: string): Place {
  const [at, conversationId, position] = readCursor(cursorSchema, cursor)
  return { sentAt: new Date(at), conversationId, position }
}
