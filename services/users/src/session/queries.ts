import type { Queries, RefreshTokenRow, SessionRow } from '../db/schema.ts'

export async function insertSession(sql: Queries, session: SessionRow): Promise<void> {
  await sql`
    insert into users.sessions (id, user_id, user_agent, ip, created_at, used_at, expires_at, kind)
    values (${session.id}, ${session.user_id}, ${session.user_agent}, ${session.ip},
      ${session.created_at}, ${session.used_at}, ${session.expires_at}, ${session.kind})`
}

export async function saveSessionUse(sql: Queries, session: SessionRow): Promise<void> {
  await sql`
    update users.sessions
    set user_agent = ${session.user_agent}, ip = ${session.ip}, used_at = ${session.used_at},
      expires_at = ${session.expires_at}
    where id = ${session.id}`
}

/** One more than the page holds; the latest sign-in first. */
export function findLiveSessions(
  sql: Queries,
  page: { userId: string; at: number; limit: number; before: string | undefined },
): PromiseLike<SessionRow[]> {
  return sql<SessionRow[]>`
    select * from users.sessions
    where user_id = ${page.userId} and revoked_at is null and expires_at > ${new Date(page.at)}
      ${page.before ? sql`and id < ${page.before}` : sql``}
    order by id desc limit ${page.limit + 1}`
}

/** Those of them that are live. */
export async function findLiveAmong(sql: Queries, ids: string[], at: Date): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from users.sessions
    where id = any(${ids}::uuid[]) and revoked_at is null and expires_at > ${at}`
  return rows.map((row) => row.id)
}

interface Ending {
  userId: string
  only?: string
  except?: string
  at: number
}

/** Ends the user's sessions and forgets their refresh tokens; says which ones it ended. */
export async function endSessions(
  sql: Queries,
  { userId, only, except, at }: Ending,
): Promise<string[]> {
  const ended = await sql<{ id: string }[]>`
    with ended as (
      update users.sessions set revoked_at = ${new Date(at)}
      where user_id = ${userId} and revoked_at is null
        ${only ? sql`and id = ${only}` : sql``} ${except ? sql`and id <> ${except}` : sql``}
      returning id
    ), forgotten as (
      delete from users.refresh_tokens where session_id in (select id from ended)
    )
    select id from ended`
  return ended.map((row) => row.id)
}

export function findRevokedSince(
  sql: Queries,
  since: number,
): PromiseLike<Pick<SessionRow, 'id' | 'user_id'>[]> {
  return sql<Pick<SessionRow, 'id' | 'user_id'>[]>`
    select id, user_id from users.sessions where revoked_at > ${new Date(since)}`
}

export async function deleteSessionsEndedBefore(sql: Queries, at: Date): Promise<void> {
  await sql`delete from users.sessions where expires_at < ${at} or revoked_at < ${at}`
}

export async function insertRefreshToken(
  sql: Queries,
  token: { hash: Buffer; sessionId: string; at: number },
): Promise<void> {
  await sql`
    insert into users.refresh_tokens (token_hash, session_id, issued_at)
    values (${token.hash}, ${token.sessionId}, ${new Date(token.at)})`
}

export async function lockSessionOfToken(
  sql: Queries,
  tokenHash: Buffer,
): Promise<SessionRow | undefined> {
  const [row] = await sql<SessionRow[]>`
    select * from users.sessions
    where id = (select session_id from users.refresh_tokens where token_hash = ${tokenHash})
    for update`
  return row
}

export async function findSessionOfToken(
  sql: Queries,
  tokenHash: Buffer,
): Promise<SessionRow | undefined> {
  const [row] = await sql<SessionRow[]>`
    select s.* from users.refresh_tokens t join users.sessions s on s.id = t.session_id
    where t.token_hash = ${tokenHash}`
  return row
}

/** When the token was used, if it was. Ask only with the session locked. */
export async function findTokenUse(sql: Queries, hash: Buffer): Promise<Date | null> {
  const [row] = await sql<Pick<RefreshTokenRow, 'used_at'>[]>`
    select used_at from users.refresh_tokens where token_hash = ${hash}`
  return row?.used_at ?? null
}

/** The token that is used now, and those given beside it when an answer seemed lost. */
export async function useRefreshTokens(sql: Queries, sessionId: string, at: number): Promise<void> {
  await sql`
    update users.refresh_tokens set used_at = ${new Date(at)}
    where session_id = ${sessionId} and used_at is null`
}

export async function deleteTokensIssuedBefore(sql: Queries, at: Date): Promise<void> {
  await sql`
    delete from users.refresh_tokens t using users.sessions s
    where s.id = t.session_id and s.kind <> 'bot' and t.issued_at < ${at}`
}
