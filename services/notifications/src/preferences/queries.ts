import type { BodyOf, DigestPeriod, NotificationPreferences, routes } from '@chatapp/protocol'
import type { Sql } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { NotificationsConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { Database } from '../db/schema.ts'

/** What a person can choose. */
export type Chosen = Omit<NotificationPreferences, 'payloadMax' | 'digestEvery'> & {
  /** Null: as the server has it. */
  digestEvery: DigestPeriod | null
}

export type Patch = BodyOf<typeof routes.updateNotificationPreferences>

/** What holds for whoever has chosen nothing. */
const DEFAULTS: Chosen = {
  payload: 'full',
  doNotDisturb: null,
  digest: true,
  digestEvery: null,
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
    digestEvery: row.digest_every,
    keywords: row.keywords,
  }
}

export function changePreferences(
  db: Kysely<Database>,
  userId: string,
  patch: Patch,
): Promise<Chosen> {
  const { doNotDisturb, ...rest } = patch
  return db.transaction().execute(async (trx) => {
    const next: Chosen = {
      ...(await getPreferences(trx, userId)),
      ...rest,
      ...(doNotDisturb !== undefined && {
        doNotDisturb: doNotDisturb === 'off' ? null : doNotDisturb,
      }),
    }
    const row = {
      payload: next.payload,
      do_not_disturb: next.doNotDisturb,
      digest: next.digest,
      digest_every: next.digestEvery,
      keywords: next.keywords,
    }
    await trx
      .insertInto('notifications.preferences')
      .values({ user_id: userId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute()
    return next
  })
}

export async function getOwnPreferences(
  { db, config }: Context,
  userId: string,
): Promise<NotificationPreferences> {
  return presentPreferences(await getPreferences(db, userId), config)
}

/** What holds for the person: as chosen, and where nothing is, as the server has it. */
export function presentPreferences(
  chosen: Chosen,
  { payloadMax, mail }: Pick<NotificationsConfig, 'payloadMax' | 'mail'>,
): NotificationPreferences {
  return { ...chosen, payloadMax, digestEvery: periodOf(chosen.digestEvery, mail) }
}

export const periodOf = (
  chosen: DigestPeriod | null,
  mail: NotificationsConfig['mail'],
): DigestPeriod => chosen ?? (mail && mail.digest !== 'off' ? mail.digest : 'hour')

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
