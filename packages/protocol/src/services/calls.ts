import { z } from 'zod'
import { errorCodeSchema, fieldErrorSchema } from '../errors.ts'
import {
  clientIdSchema,
  cursorSchema,
  idSchema,
  messageIdSchema,
  messageTextSchema,
} from '../primitives.ts'
import {
  notifyLevelSchema,
  syncAnswerSchema,
  syncCursorsSchema,
  textMessageSchema,
  userSchema,
} from '../shapes.ts'
import type { MessagesApi } from './messages.ts'
import type { NotificationsApi } from './notifications.ts'
import type { UsersApi } from './users.ts'

/**
 * What one service asks of another over HTTP, each at `POST /internal/<service>/<call>`. Several of
 * one kind travel together and fail apart. Every call may be repeated without doing it twice.
 */
export type CallsOf<Api> = {
  [K in keyof Api]: Api[K] extends (...args: infer Args) => Promise<infer Answer>
    ? { args: z.ZodType<Args>; answer: z.ZodType<Answer> }
    : never
}

const nothing = z.undefined()

const standingSchema = z.object({
  conversationId: idSchema,
  userId: idSchema,
  joinedPosition: cursorSchema,
  version: cursorSchema,
})

const newcomersSchema = z.object({ joinedFrom: cursorSchema, json: z.string().nullable() })
const logFrameSchema = z.object({
  type: z.literal('frame'),
  conversationId: idSchema,
  version: cursorSchema,
  json: z.string(),
  newcomers: newcomersSchema.optional(),
  ended: z.array(idSchema).optional(),
})
const passingFrameSchema = z.object({
  type: z.literal('passing'),
  conversationId: idSchema,
  fromUserId: idSchema,
  json: z.string(),
  droppable: z.boolean(),
  newcomers: newcomersSchema.optional(),
})

export const messagesCalls = {
  send: {
    args: z.tuple([
      z.object({
        senderId: idSchema,
        conversationId: idSchema.nullable(),
        clientId: clientIdSchema.nullable(),
        data: messageTextSchema,
        replyTo: messageIdSchema.nullable(),
        mayCallAll: z.boolean().optional(),
      }),
    ]),
    answer: z.object({ message: textMessageSchema, created: z.boolean() }),
  },
  advance: {
    args: z.tuple([
      z.object({
        userId: idSchema,
        conversationId: idSchema,
        read: cursorSchema.optional(),
        delivered: cursorSchema.optional(),
        again: z.boolean().optional(),
      }),
    ]),
    answer: nothing,
  },
  typing: { args: z.tuple([idSchema, idSchema]), answer: nothing },
  sync: { args: z.tuple([idSchema, syncCursorsSchema]), answer: syncAnswerSchema },
  standings: { args: z.tuple([idSchema]), answer: z.array(standingSchema) },
  heads: { args: z.tuple([z.array(idSchema)]), answer: z.record(idSchema, cursorSchema) },
  missed: {
    args: z.tuple([idSchema, cursorSchema]),
    answer: z.object({
      version: cursorSchema,
      frames: z.array(logFrameSchema),
      joined: z.array(standingSchema),
    }),
  },
  receiptsWithin: {
    args: z.tuple([z.array(idSchema), z.int().min(0)]),
    answer: z.array(passingFrameSchema),
  },
  backlog: {
    args: z.tuple([idSchema, z.string().nullable()]),
    answer: z.object({
      items: z.array(
        z.object({
          conversationId: idSchema,
          position: cursorSchema,
          senderName: z.string(),
          title: z.string().nullable(),
          text: z.string(),
          sentAt: z.string(),
        }),
      ),
      count: z.int(),
    }),
  },
  registered: { args: z.tuple([z.array(idSchema)]), answer: nothing },
} satisfies CallsOf<MessagesApi>

const profileSchema = z.object({
  user: userSchema,
  hidesReads: z.boolean(),
  // Processes of earlier versions leave it out.
  isAdmin: z.boolean().default(false),
})

const mailboxSchema = z.object({
  userId: idSchema,
  address: z.string(),
  username: z.string(),
  displayName: z.string(),
  language: z.string().nullable(),
})
const mailOrderSchema = z.object({
  id: idSchema,
  userId: idSchema,
  kind: z.enum(['password-reset', 'email-verification', 'email-changed']),
  expiresAt: z.string(),
})

export const usersCalls = {
  profiles: { args: z.tuple([z.array(idSchema)]), answer: z.array(profileSchema) },
  idsByUsername: {
    args: z.tuple([z.array(z.string())]),
    answer: z.array(z.tuple([z.string(), idSchema])),
  },
  waitingMails: { args: z.tuple([]), answer: z.array(mailOrderSchema) },
  mailsTaken: { args: z.tuple([z.array(idSchema)]), answer: nothing },
  openMail: {
    args: z.tuple([idSchema]),
    answer: z.object({ mailbox: mailboxSchema, token: z.string().nullable() }).nullable(),
  },
  mailboxes: { args: z.tuple([z.array(idSchema)]), answer: z.array(mailboxSchema) },
  signingKeys: {
    args: z.tuple([]),
    answer: z.array(z.object({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string() })),
  },
  endedSessions: { args: z.tuple([]), answer: z.array(idSchema) },
  liveSessions: { args: z.tuple([z.array(idSchema)]), answer: z.array(idSchema) },
} satisfies CallsOf<UsersApi>

const addressSchema = { conversationId: idSchema, position: cursorSchema }
const notificationChangeSchema = z.discriminatedUnion('type', [
  z.object({
    ...{ type: z.literal('message'), ...addressSchema },
    senderId: idSchema,
    senderName: z.string(),
    title: z.string().nullable(),
    text: z.string(),
    sentAt: z.string(),
    addressees: z.array(
      z.object({
        userId: idSchema,
        calling: z.enum(['direct', 'mention', 'reply', 'all']).optional(),
        level: notifyLevelSchema,
        mutedUntil: z.string().nullable(),
        readPosition: cursorSchema,
      }),
    ),
  }),
  z.object({ type: z.literal('edited'), ...addressSchema, text: z.string() }),
  z.object({ type: z.literal('unsent'), ...addressSchema }),
  z.object({ type: z.literal('read'), ...addressSchema, userId: idSchema }),
  z.object({ type: z.literal('left'), conversationId: idSchema, userId: idSchema }),
])

export const notificationsCalls = {
  changed: { args: z.tuple([z.array(notificationChangeSchema)]), answer: nothing },
  waitingForWords: { args: z.tuple([]), answer: z.array(idSchema) },
  wordsFound: {
    args: z.tuple([z.array(z.object({ text: z.string(), userIds: z.array(idSchema) }))]),
    answer: z.array(z.array(idSchema)),
  },
} satisfies CallsOf<NotificationsApi>

export const callBatchSchema = z.object({ items: z.array(z.unknown()) })

/** One for each item, in the same order. */
export const callOutcomesSchema = z.object({
  outcomes: z.array(
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: z.unknown().optional() }),
      z.object({
        ok: z.literal(false),
        error: z.object({
          code: errorCodeSchema,
          detail: z.string(),
          errors: z.array(fieldErrorSchema).optional(),
          retryAfter: z.number().optional(),
        }),
      }),
    ]),
  ),
})
export type CallOutcome = z.infer<typeof callOutcomesSchema>['outcomes'][number]
