import type { Queries, SessionRow, UserRow } from '../db/schema.ts'

interface Page {
  limit: number
  after: string | undefined
}

/** One more than the page holds, in the order in which they were made. */
export function findBots(sql: Queries, { limit, after }: Page): PromiseLike<UserRow[]> {
  return sql<UserRow[]>`
    select * from users.users
    where is_bot and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit ${limit + 1}`
}

/** The session that a live token stands for. */
export async function findBotSession(
  sql: Queries,
  tokenHash: Buffer,
): Promise<SessionRow | undefined> {
  const [row] = await sql<SessionRow[]>`
    select s.* from users.refresh_tokens t join users.sessions s on s.id = t.session_id
    where t.token_hash = ${tokenHash} and s.kind = 'bot' and s.revoked_at is null`
  return row
}
