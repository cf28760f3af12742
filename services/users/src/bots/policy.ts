import { ChatError } from '@chatapp/protocol'
import { findById } from '../account/queries.ts'
import type { Queries, UserRow } from '../db/schema.ts'

export async function assertIsAdmin(sql: Queries, userId: string): Promise<void> {
  const user = await findById(sql, userId)
  if (!user?.is_admin)
    throw new ChatError('forbidden', 'Only admins of this ChatApp see to its bots.')
}

/** People have sessions, not tokens. */
export async function getBot(sql: Queries, id: string): Promise<UserRow> {
  const user = await findById(sql, id)
  if (!user?.is_bot) throw new ChatError('not-found', 'There is no such bot.')
  return user
}
