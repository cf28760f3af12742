import { type FrameOf, LARGE_GROUP_MEMBERS } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { ConversationRow, ParticipantRow } from '../db/schema.ts'
import { publishReceipt, publishToSelf } from '../log/publish.ts'

/** Whose cursor it is, and what decides who learns of it. */
export type CursorOwner = Pick<ParticipantRow, 'conversation_id' | 'user_id'> &
  Pick<ConversationRow, 'history' | 'member_count'>

interface Announced {
  audience: 'all' | 'self'
  kind: 'read' | 'delivered'
  to: number
  at: Date
}

export function announceReceipt(
  context: Pick<Context, 'bus'>,
  { conversation_id, user_id, history, member_count }: CursorOwner,
  { audience, kind, to, at }: Announced,
): void {
  const frame: FrameOf<'receipt'> = {
    type: 'receipt',
    conversationId: conversation_id,
    userId: user_id,
    kind,
    position: to,
    at: at.toISOString(),
  }
  if (audience === 'self' || member_count > LARGE_GROUP_MEMBERS)
    publishToSelf(context, user_id, frame)
  else publishReceipt(context, { id: conversation_id, history }, frame)
}
