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
