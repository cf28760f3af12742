import { z } from 'zod'
import { WATCHED_USERS_MAX } from '../limits.ts'
import {
  clientIdSchema,
  cursorSchema,
  idSchema,
  messageIdSchema,
  messageTextSchema,
} from '../primitives.ts'
import { syncCursorsSchema } from '../shapes.ts'

/** Without `conversationId` it goes to the lobby. Unknown fields are ignored here, and only here. */
export const messageInSchema = z
  .object({
    type: z.literal('message'),
    conversationId: idSchema.optional(),
    clientId: clientIdSchema.optional(),
    data: messageTextSchema,
    replyTo: messageIdSchema.nullish(),
  })
  .meta({ id: 'MessageIn' })
export const typingInSchema = z
  .strictObject({ type: z.literal('typing'), conversationId: idSchema })
  .meta({ id: 'TypingIn' })
export const receiptInSchema = z
  .strictObject({
    type: z.enum(['read', 'delivered']),
    conversationId: idSchema,
    position: cursorSchema,
  })
  .meta({ id: 'ReceiptIn' })
export const syncInSchema = z
  .strictObject({ type: z.literal('sync'), conversations: syncCursorsSchema })
  .meta({ id: 'SyncIn' })
/** Replaces the people whose presence this socket is told. */
export const watchInSchema = z
  .strictObject({ type: z.literal('watch'), userIds: z.array(idSchema).max(WATCHED_USERS_MAX) })
  .meta({ id: 'WatchIn' })
/** What is in front of the person in a focused window, so that nothing tells them of it; null: nothing. */
export const focusInSchema = z
  .strictObject({ type: z.literal('focus'), conversationId: idSchema.nullable() })
  .meta({ id: 'FocusIn' })
/** A fresh access token of the same user, before the old one ends. */
export const authenticateInSchema = z
  .strictObject({ type: z.literal('authenticate'), accessToken: z.string().max(4096) })
  .meta({ id: 'AuthenticateIn' })
export const pingInSchema = z.strictObject({ type: z.literal('ping') }).meta({ id: 'PingIn' })

export const inboundFrameSchema = z.discriminatedUnion(
  'type',
  [
    messageInSchema,
    typingInSchema,
    receiptInSchema,
    syncInSchema,
    watchInSchema,
    focusInSchema,
    authenticateInSchema,
    pingInSchema,
  ],
  'must be message, typing, read, delivered, sync, watch, focus, authenticate or ping',
)
export type InboundFrame = z.output<typeof inboundFrameSchema>
export type InboundFrameInput = z.input<typeof inboundFrameSchema>
export type MessageIn = z.output<typeof messageInSchema>
export type ReceiptIn = z.output<typeof receiptInSchema>
