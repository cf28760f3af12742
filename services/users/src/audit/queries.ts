import type { AuditEvent, Queries } from '../db/schema.ts'

export interface AuditEntry {
  event: AuditEvent
  /** Unix milliseconds. */
  at: number
  userId?: string | undefined
  sessionId?: string | undefined
  ip?: string | null
}

export async function insertAudit(sql: Queries, entry: AuditEntry): Promise<void> {
  const { event, at, userId = null, sessionId = null, ip = null } = entry
  await sql`
    insert into users.audit (at, event, user_id, session_id, ip)
    values (${new Date(at)}, ${event}, ${userId}, ${sessionId}, ${ip})`
}

export async function findLastEntry(sql: Queries): Promise<number> {
  const [row] = await sql<{ last: number }[]>`select coalesce(max(id), 0) as last from users.audit`
  return row?.last ?? 0
}

/** Of the entries after `from` up to `to`: whose password was reset, by names as limits know them. */
export function findResetsBetween(
  sql: Queries,
  from: number,
  to: number,
): PromiseLike<{ id: number; username: string }[]> {
  return sql<{ id: number; username: string }[]>`
    select a.id, lower(u.username::text) as username
    from users.audit a join users.users u on u.id = a.user_id
    where a.id > ${from} and a.id <= ${to} and a.event = 'password-reset'`
}
