import { createHash } from 'node:crypto'
import { invalidField, positionSchema, timeInputSchema } from '@chatapp/protocol'
import { z } from 'zod'
import { readCursor, writeCursor } from '../page-cursor.ts'
import type { Place } from './search-index.ts'

/** Where a page begins: a round, and the last place that was looked at in it. */
export interface Start {
  round: number
  behind: Place | undefined
}

/** What a cursor goes on with, and nothing else. */
interface Asked {
  userId: string
  q: string
  sort: string
}

const cursorSchema = z.tuple([
  z.string(),
  z.int().min(0).max(9),
  timeInputSchema.nullable(),
  z.uuid().nullable(),
  positionSchema.nullable(),
])

export function writeStart({ round, behind }: Start, asked: Asked): string {
  return writeCursor([
    markOf(asked),
    round,
    behind?.sentAt.toISOString() ?? null,
    behind?.conversationId ?? null,
    behind?.position ?? null,
  ])
}

/** @throws {ChatError} `invalid` at `cursor` for one of another search, whose places mean nothing here */
export function readStart(cursor: string | undefined, asked: Asked): Start {
  if (cursor === undefined) return { round: 0, behind: undefined }
  const [mark, round, sentAt, conversationId, position] = readCursor(cursorSchema, cursor)
  if (mark !== markOf(asked))
    throw invalidField('cursor', 'must be one that an earlier page of the same search gave')
  const behind =
    sentAt !== null && conversationId !== null && position !== null
      ? { sentAt: new Date(sentAt), conversationId, position }
      : undefined
  return { round, behind }
}

/** Against mistakes, not attacks: the rights are asked for with every page. */
function markOf({ userId, q, sort }: Asked): string {
  return createHash('sha256')
    .update(JSON.stringify([userId, q, sort]))
    .digest('base64url')
    .slice(0, 12)
}
