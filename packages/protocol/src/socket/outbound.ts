import { z } from 'zod'
import { errorCodeSchema, fieldErrorSchema } from '../errors.ts'
import {
  clientIdSchema,
  idSchema,
  messageIdSchema,
  positionSchema,
  timeSchema,
  versionSchema,
} from '../primitives.ts'
import {
  conversationSettingsSchema,
  draftSchema,
  mentionsAllSchema,
  ownParticipantSchema,
  ownUserSchema,
  participantChangeSchema,
  reactionSchema,
  syncAnswerSchema,
  systemMessageSchema,
} from '../shapes.ts'

const inConversation = { conversationId: idSchema, version: versionSchema }
const ofMessage = { ...inConversation, messageId: messageIdSchema, position: positionSchema }

/**
 * `user` is the sender's display name, `message` the text. Unless `hidesReads`, it implies that the
 * sender has read up to here.
 */
export const messageFrameSchema = z
  .object({
    type: z.literal('message'),
    user: z.string(),
    message: z.string(),
    ...ofMessage,
    senderId: idSchema,
    clientId: clientIdSchema,
    replyTo: messageIdSchema.nullable(),
    mentions: z.array(idSchema),
    mentionsAll: mentionsAllSchema,
    sentAt: timeSchema,
    hidesReads: z
      .literal(true)
      .optional()
      .describe('The sender lets nobody know what they have read.'),
  })
  .meta({ id: 'MessageFrame' })
export const editedFrameSchema = z
  .object({
    type: z.literal('edited'),
    ...ofMessage,
    senderId: idSchema,
    message: z.string(),
    mentions: z.array(idSchema),
    mentionsAll: mentionsAllSchema,
    editedAt: timeSchema,
  })
  .meta({ id: 'EditedFrame' })
export const unsentFrameSchema = z
  .object({ type: z.literal('unsent'), ...ofMessage, senderId: idSchema, unsentAt: timeSchema })
  .meta({ id: 'UnsentFrame' })
export const reactionFrameSchema = z
  .object({ type: z.literal('reaction'), ...ofMessage, reactions: z.array(reactionSchema) })
  .meta({ id: 'ReactionFrame' })
/** The conversation was created or its title or policies changed. */
export const conversationFrameSchema = z
  .object({
    type: z.literal('conversation'),
    ...inConversation,
    settings: conversationSettingsSchema,
    systemMessage: systemMessageSchema.nullable(),
  })
  .meta({ id: 'ConversationFrame' })
/** People joined, left, were removed or changed their role. Who was removed gets this frame as the last one. */
export const participantFrameSchema = z
  .object({
    type: z.literal('participant'),
    ...inConversation,
    participants: z.array(participantChangeSchema),
    systemMessage: systemMessageSchema.nullable(),
  })
  .meta({ id: 'ParticipantFrame' })
/** The conversation is at this version; whoever knows less has missed what this socket is not told. */
export const headFrameSchema = z
  .object({ type: z.literal('head'), ...inConversation })
  .meta({ id: 'HeadFrame' })
/** A watermark; reading implies delivery. */
export const receiptFrameSchema = z
  .object({
    type: z.literal('receipt'),
    conversationId: idSchema,
    userId: idSchema,
    kind: z.enum(['read', 'delivered']),
    position: positionSchema,
    at: timeSchema,
  })
  .meta({ id: 'ReceiptFrame' })
/** To one's own sockets only, the one of the device that wrote it included. */
export const draftFrameSchema = draftSchema
  .extend({ type: z.literal('draft'), conversationId: idSchema })
  .meta({ id: 'DraftFrame' })
/** To one's own sockets only: my settings in a conversation have changed. */
export const ownFrameSchema = z
  .object({ type: z.literal('own'), conversationId: idSchema, me: ownParticipantSchema })
  .meta({ id: 'OwnFrame' })
/** To one's own sockets only: my profile or my preferences have changed. */
export const selfFrameSchema = z
  .object({ type: z.literal('self'), user: ownUserSchema })
  .meta({ id: 'SelfFrame' })
export const typingFrameSchema = z
  .object({ type: z.literal('typing'), conversationId: idSchema, userId: idSchema })
  .meta({ id: 'TypingFrame' })
export const presenceStateSchema = z.enum(['online', 'away', 'offline'])
export type PresenceState = z.infer<typeof presenceStateSchema>
export const presenceFrameSchema = z
  .object({ type: z.literal('presence'), userId: idSchema, state: presenceStateSchema })
  .meta({ id: 'PresenceFrame' })
/** The first frame of every socket; from here on nothing of the user's conversations is missed. */
export const welcomeFrameSchema = z
  .object({
    type: z.literal('welcome'),
    userId: idSchema,
    sessionId: idSchema,
    expiresAt: timeSchema.describe('Authenticate again before, or the socket closes with 4401.'),
  })
  .meta({ id: 'WelcomeFrame' })
/** The message is stored. */
export const ackFrameSchema = z
  .object({ type: z.literal('ack'), clientId: clientIdSchema, ...ofMessage, sentAt: timeSchema })
  .meta({ id: 'AckFrame' })
export const errorFrameSchema = z
  .object({
    type: z.literal('error'),
    code: errorCodeSchema,
    message: z.string(),
    retryable: z.boolean(),
    clientId: z.string().optional(),
    errors: z.array(fieldErrorSchema).optional(),
  })
  .meta({ id: 'ErrorFrame' })
export const syncedFrameSchema = syncAnswerSchema
  .extend({ type: z.literal('synced') })
  .meta({ id: 'SyncedFrame' })
export const pongFrameSchema = z.object({ type: z.literal('pong') }).meta({ id: 'PongFrame' })

export const outboundFrameSchema = z.discriminatedUnion('type', [
  messageFrameSchema,
  editedFrameSchema,
  unsentFrameSchema,
  reactionFrameSchema,
  conversationFrameSchema,
  participantFrameSchema,
  headFrameSchema,
  receiptFrameSchema,
  draftFrameSchema,
  ownFrameSchema,
  selfFrameSchema,
  typingFrameSchema,
  presenceFrameSchema,
  welcomeFrameSchema,
  ackFrameSchema,
  errorFrameSchema,
  syncedFrameSchema,
  pongFrameSchema,
])
export type OutboundFrame = z.output<typeof outboundFrameSchema>
export type FrameOf<T extends OutboundFrame['type']> = Extract<OutboundFrame, { type: T }>
