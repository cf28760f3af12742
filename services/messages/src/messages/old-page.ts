import type { Sql } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import type { MessageRow } from '../db/schema.ts'
import { floor } from '../participants/queries.ts'

/** Nearer pages are read by everybody, are in the primary's memory and change most. */
const OLD_BELOW_LAST = 500

export interface SpanPage {
  rows: MessageRow[]
  floor: number
  lastPosition: number
}

interface Wanted {
  conversationId: string
  userId: string
  before: number
  limit: number
}

/**
 * A page far from the head, read from the replica: membership and version come from the primary, and
 * the replica's rows count only when it has that version of the conversation. Every unsend, edit and
 * reaction takes a version, so nothing that was gone when we were asked can come back.
 */
export async function findOldPage(
  { sql, replica }: Context,
  wanted: Wanted,
): Promise<SpanPage | undefined> {
  if (!replica) return undefined
  const standing = await readStanding(sql, wanted)
  if (wanted.before > standing.lastPosition - OLD_BELOW_LAST) return undefined
  const { floor, lastPosition, version } = standing
  const rows = await replica.ask((copy) => readRows(copy, { ...wanted, floor, version }))
  return rows && { rows, floor, lastPosition }
}

interface Standing {
  floor: number
  lastPosition: number
  version: number
}

async function readStanding(
  sql: Sql,
  { conversationId, userId }: Pick<Wanted, 'conversationId' | 'userId'>,
): Promise<Standing> {
  const [standing] = await sql<Standing[]>`
    select c.last_position as "lastPosition", c.last_version as version,
      ${floor(sql)} as floor
    from messages.participants p join messages.conversations c on c.id = p.conversation_id
    where p.conversation_id = ${conversationId} and p.user_id = ${userId} and p.left_position is null`
  if (!standing) throw notFound()
  return standing
}

type Rows = Wanted & Pick<Standing, 'floor' | 'version'>

/** Version and rows in one statement, so of one moment; undefined when the replica is behind. */
async function readRows(
  copy: Sql,
  { conversationId, floor, version, before, limit }: Rows,
): Promise<MessageRow[] | undefined> {
  const rows = await copy<MessageRow[]>`
    select m.* from messages.conversations c left join lateral (
      select * from messages.messages
      where conversation_id = ${conversationId} and position > ${floor} and position < ${before}
      order by position desc limit ${limit}
    ) m on true
    where c.id = ${conversationId} and c.last_version >= ${version}
    order by m.position`
  if (rows.length === 0) return undefined
  return rows.filter((row) => row.position !== null)
}
