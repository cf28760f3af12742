import type { Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { Context } from '../context.ts'
import type { Database, ParticipantRow } from '../db/schema.ts'
import type { Viewer } from './present.ts'

type Db = Kysely<Database>

/** What participant `p` may read of conversation `c` stands behind this position. */
export const floor = (sql: Sql) =>
  sql`case c.history when 'shared' then 0 else p.joined_position end`

/** The member, or undefined for strangers and those who left. */
export function findMember(
  db: Db,
  conversationId: string,
  userId: string,
): Promise<ParticipantRow | undefined> {
  return db
    .selectFrom('messages.participants')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('user_id', '=', userId)
    .where('left_position', 'is', null)
    .executeTakeFirst()
}

export async function findMembers(
  db: Db,
  conversationId: string,
  userIds: string[],
): Promise<ParticipantRow[]> {
  if (userIds.length === 0) return []
  return db
    .selectFrom('messages.participants')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('user_id', 'in', userIds)
    .where('left_position', 'is', null)
    .orderBy('user_id')
    .execute()
}

export async function hasOtherOwner(
  db: Db,
  conversationId: string,
  userId: string,
): Promise<boolean> {
  const owner = await db
    .selectFrom('messages.participants')
    .select('user_id')
    .where('conversation_id', '=', conversationId)
    .where('role', '=', 'owner')
    .where('left_position', 'is', null)
    .where('user_id', '<>', userId)
    .executeTakeFirst()
  return owner !== undefined
}

export async function getViewer(
  { people }: Pick<Context, 'people'>,
  userId: string,
): Promise<Viewer> {
  return { userId, hidesReads: (await people.hidingReads([userId])).has(userId) }
}
