import type { FrameOf, LogFrame, PassingFrame, Standing } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { FrameConversation } from './frames.ts'

export function publishFrames({ bus }: Pick<Context, 'bus'>, frames: LogFrame[]): void {
  for (const frame of frames) bus.publish(`conversation:${frame.conversationId}`, frame)
}

/** Lets the sockets of people who have just joined follow the conversation. */
export function publishJoined({ bus }: Pick<Context, 'bus'>, standings: Standing[]): void {
  for (const standing of standings)
    bus.publish(`user:${standing.userId}`, { type: 'joined', standing })
}

export function publishReceipt(
  { bus }: Pick<Context, 'bus'>,
  conversation: FrameConversation,
  frame: FrameOf<'receipt'>,
): void {
  bus.publish(`conversation:${conversation.id}`, receiptEvent(conversation, frame))
}

export function receiptEvent(
  { history }: Pick<FrameConversation, 'history'>,
  frame: FrameOf<'receipt'>,
): PassingFrame {
  return {
    type: 'passing',
    conversationId: frame.conversationId,
    fromUserId: frame.userId,
    json: JSON.stringify(frame),
    droppable: false,
    ...(history === 'since-joined' && { newcomers: { joinedFrom: frame.position, json: null } }),
  }
}

/** For all of a user's own sockets, and nobody else's. */
export function publishToSelf(
  { bus }: Pick<Context, 'bus'>,
  userId: string,
  frame: FrameOf<'receipt' | 'draft' | 'own'>,
): void {
  bus.publish(`user:${userId}`, { type: 'frame', json: JSON.stringify(frame) })
}

export function publishTyping(
  { bus }: Pick<Context, 'bus'>,
  conversationId: string,
  userId: string,
): void {
  const frame: FrameOf<'typing'> = { type: 'typing', conversationId, userId }
  bus.publish(`conversation:${conversationId}`, {
    type: 'passing',
    conversationId,
    fromUserId: userId,
    json: JSON.stringify(frame),
    droppable: true,
  })
}
