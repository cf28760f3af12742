import { idSchema, invalidField, type Member } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import { presentParticipant } from './present.ts'
import { findMember, getViewer } from './queries.ts'

interface MemberPage {
  conversationId: string
  userId: string
  limit: number
  cursor?: string | undefined
}

/** All members, longest account first; the cursor is the last user id. */
export async function listMembers(
  context: Context,
  page: MemberPage,
): Promise<{ items: Member[]; next: string | null }> {
  const { conversationId, userId, limit, cursor } = page
  if (cursor !== undefined && !idSchema.safeParse(cursor).success) {
    throw invalidField('cursor', 'must be a cursor that an earlier page gave')
  }
  if (!(await findMember(context.db, conversationId, userId))) throw notFound()
  let query = context.db
    .selectFrom('messages.participants')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('left_position', 'is', null)
  if (cursor !== undefined) query = query.where('user_id', '>', cursor)
  const rows = await query
    .orderBy('user_id')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const people = await context.people.get(shown.map((row) => row.user_id))
  const viewer = await getViewer(context, userId)
  const items = shown.flatMap((row) => {
    const user = people.get(row.user_id)
    return user ? [{ ...presentParticipant(row, viewer), user }] : []
  })
  return { items, next: rows.length > limit ? (shown.at(-1)?.user_id ?? null) : null }
}
