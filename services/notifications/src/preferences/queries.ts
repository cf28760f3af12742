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

/** Who has keywords and a device that can be told. */
export async function findWaitingForWords(sql: Sql): Promise<string[]> {
  const rows = await sql<{ user_id: string }[]>`
    select user_id from notifications.preferences p
    where keywords <> '{}' and exists (
      select 1 from notifications.subscriptions s where s.user_id = p.user_id
    )`
  return rows.map((row) => row.user_id)
}
