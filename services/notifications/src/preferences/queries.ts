import type { NotificationPreferences } from '@chatapp/protocol'
import type { Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../db/schema.ts'

/** What a person can choose. */
export type Chosen = Omit<NotificationPreferences, 'payloadMax'>

/** What holds for whoever has chosen nothing. */
const DEFAULTS: Chosen = {
  payload: 'full',
  doNotDisturb: null,
  digest: true,
  keywords: [],
}

export async function getPreferences(db: Kysely<Database>, userId: string): Promise<Chosen> {
  const row = await db
    .selectFrom('notifications.preferences')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (!row) return DEFAULTS
  return {
    payload: row.payload,
    doNotDisturb: row.do_not_disturb,
    digest: row.digest,
    keywords: row.keywords,
  }
}

export async function getOwnPreferences(
  { db, config }: Context,
  userId: string,
): Promise<NotificationPreferences> {
  return { ...(await getPreferences(db, userId)), payloadMax: config.payloadMax }
}

/** With a device or without: who has none reads it in the list of what was for them. */
export async function findWaitingForWords(sql: Sql): Promise<string[]> {
  const rows = await sql<{ user_id: string }[]>`
    select user_id from notifications.preferences where keywords <> '{}'`
  return rows.map((row) => row.user_id)
}

export async function findKeywords(sql: Sql, userIds: string[]): Promise<Map<string, string[]>> {
  if (userIds.length === 0) return new Map()
  const rows = await sql<{ user_id: string; keywords: string[] }[]>`
    select user_id, keywords from notifications.preferences where user_id = any(${userIds}::uuid[])`
  return new Map(rows.map((row) => [row.user_id, row.keywords]))
}
