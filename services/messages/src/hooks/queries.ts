import type { Queries } from '@chatapp/service-kit'
import type { HookRow } from '../db/schema.ts'

interface Wanted {
  conversationId: string | null
  limit: number
  /** The last one of the page before. */
  after: string | undefined
}

/** One more than the page holds. */
export function findHooks(
  sql: Queries,
  { conversationId, limit, after }: Wanted,
): PromiseLike<HookRow[]> {
  return sql<HookRow[]>`
    select * from messages.hooks
    where deleted_at is null
      and (${conversationId}::uuid is null or conversation_id = ${conversationId}::uuid)
      and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit ${limit + 1}`
}

/** Also one that was deleted. */
export async function findHook(sql: Queries, id: string): Promise<HookRow | undefined> {
  const [row] = await sql<HookRow[]>`select * from messages.hooks where id = ${id}`
  return row
}

export async function countHooks(sql: Queries, conversationId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from messages.hooks
    where conversation_id = ${conversationId} and deleted_at is null`
  return row?.count ?? 0
}

export async function insertHook(sql: Queries, row: HookRow): Promise<void> {
  await sql`
    insert into messages.hooks
      (id, conversation_id, bot_id, secret_hash, may_call_all, created_by, created_at)
    values (${row.id}, ${row.conversation_id}, ${row.bot_id}, ${row.secret_hash},
      ${row.may_call_all}, ${row.created_by}, ${row.created_at})`
}

export async function saveSecret(sql: Queries, id: string, hash: Buffer): Promise<void> {
  await sql`update messages.hooks set secret_hash = ${hash} where id = ${id}`
}

export async function markDeleted(sql: Queries, id: string, at: Date): Promise<void> {
  await sql`update messages.hooks set deleted_at = ${at} where id = ${id}`
}
