import type { Queries } from '@chatapp/service-kit'

interface Page {
  after: string | undefined
  limit: number
}

/** Of all people's devices, in the order of their ids. */
export async function findSessions(sql: Queries, { after, limit }: Page): Promise<string[]> {
  const rows = await sql<{ session_id: string }[]>`
    select distinct session_id from notifications.subscriptions
    where session_id is not null ${after ? sql`and session_id > ${after}` : sql``}
    order by session_id limit ${limit}`
  return rows.map((row) => row.session_id)
}

export async function deleteOfSessions(sql: Queries, sessionIds: string[]): Promise<void> {
  if (sessionIds.length === 0) return
  await sql`
    delete from notifications.subscriptions where session_id = any(${sessionIds}::uuid[])`
}

/** What waits there for whoever had the device before is none of its new owner's business. */
export async function forgetOthers(sql: Queries, id: string, userId: string): Promise<void> {
  await sql`
    delete from notifications.topics where subscription_id = ${id} and user_id <> ${userId}`
}

/** Keeps those of the person that were seen last. */
export async function deleteBeyond(sql: Queries, userId: string, most: number): Promise<void> {
  await sql`
    delete from notifications.subscriptions where id in (
      select id from notifications.subscriptions where user_id = ${userId}
      order by seen_at desc, id desc offset ${most}
    )`
}

/** Of devices that were not seen since subscriptions know their session. */
export async function deleteUnclaimed(sql: Queries, before: Date): Promise<void> {
  await sql`
    delete from notifications.subscriptions where session_id is null and seen_at < ${before}`
}
