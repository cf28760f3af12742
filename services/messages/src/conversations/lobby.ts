import { createId } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../db/schema.ts'
import { lockConversation } from '../log/change.ts'
import { publishJoined } from '../log/publish.ts'
import { LOBBY_KEY } from './policy.ts'

/** Finds or makes "General". */
export async function openLobby(db: Kysely<Database>, now: number): Promise<string> {
  const at = new Date(now)
  await db
    .insertInto('messages.conversations')
    .values({
      id: createId(now),
      kind: 'group',
      title: 'General',
      direct_key: LOBBY_KEY,
      created_at: at,
      last_message_at: at,
      last_position: 0,
      last_version: 1,
      settings_version: 1,
      member_count: 0,
    })
    .onConflict((conflict) => conflict.column('direct_key').doNothing())
    .execute()
  const lobby = await db
    .selectFrom('messages.conversations')
    .select('id')
    .where('direct_key', '=', LOBBY_KEY)
    .executeTakeFirstOrThrow()
  return lobby.id
}

/**
 * Puts new accounts into the lobby. It follows from having an account, so it is no event of the
 * log: no version, no line. Idempotent.
 */
export async function joinLobby(context: Context, userIds: string[]): Promise<void> {
  const { lobbyId } = context
  if (!lobbyId) return
  const at = new Date(context.now())
  const standings = await context.db.transaction().execute(async (trx) => {
    const lobby = await lockConversation(trx, lobbyId)
    if (!lobby) throw new Error('the lobby is gone')
    const rows = userIds.map((userId) => ({
      conversation_id: lobbyId,
      user_id: userId,
      role: 'member' as const,
      joined_at: at,
      joined_position: lobby.last_position,
      delivered_position: lobby.last_position,
      read_position: lobby.last_position,
      version: lobby.last_version,
      notify: 'mentions' as const,
    }))
    const joined = await trx
      .insertInto('messages.participants')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['conversation_id', 'user_id']).doNothing())
      .returning('user_id')
      .execute()
    await trx
      .updateTable('messages.conversations')
      .set((eb) => ({ member_count: eb('member_count', '+', joined.length) }))
      .where('id', '=', lobbyId)
      .execute()
    return joined.map(({ user_id: userId }) => ({
      conversationId: lobbyId,
      userId,
      joinedPosition: lobby.last_position,
      version: lobby.last_version,
    }))
  })
  publishJoined(context, standings)
}
