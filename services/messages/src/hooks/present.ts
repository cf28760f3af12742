import type { Hook } from '@chatapp/protocol'
import type { HookRow } from '../db/schema.ts'

/** Never with its secret: we have only a hash of it. */
export function presentHook(row: HookRow): Hook {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    botId: row.bot_id,
    mayCallAll: row.may_call_all,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  }
}
