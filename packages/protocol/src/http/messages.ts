import { z } from 'zod'
import {
  clientIdSchema,
  cursorSchema,
  emojiSchema,
  idSchema,
  listOf,
  messageIdSchema,
  messageTextSchema,
  pageQuery,
  queryNumber,
  timeZoneSchema,
} from '../primitives.ts'
import {
  memberSchema,
  messageReceiptsSchema,
  messageSchema,
  participantSchema,
  positionOrNull,
  syncAnswerSchema,
  syncCursorsSchema,
  textMessageSchema,
} from '../shapes.ts'
import { route } from './route.ts'

const conversationId = z.strictObject({ conversationId: idSchema })
const messageId = z.strictObject({ messageId: messageIdSchema })
const messageAndEmoji = z.strictObject({ messageId: messageIdSchema, emoji: emojiSchema })

export const sendMessage = route({
  id: 'sendMessage',
  service: 'messages',
  method: 'POST',
  path: '/api/messages/send',
  summary: 'Send a message; a retry answers 200 with the same one',
  auth: 'token',
  body: z.strictObject({
    conversationId: idSchema,
    clientId: clientIdSchema.optional(),
    data: messageTextSchema,
    replyTo: messageIdSchema.optional(),
  }),
  answers: { 201: messageSchema, 200: messageSchema },
  errors: ['not-found', 'conflict', 'overloaded'],
})
export const getHistory = route({
  id: 'getHistory',
  service: 'messages',
  method: 'GET',
  path: '/api/messages/{conversationId}',
  summary: 'A page of history, ascending; the newest by default',
  auth: 'token',
  params: conversationId,
  query: z
    .strictObject({
      before: queryNumber(1).optional(),
      after: queryNumber(0).optional(),
      around: queryNumber(1).optional(),
      limit: pageQuery.limit,
    })
    .refine(
      (q) => [q.before, q.after, q.around].filter((p) => p !== undefined).length <= 1,
      'give only one of before, after and around',
    ),
  answers: {
    200: z.object({
      items: z.array(messageSchema),
      before: positionOrNull.describe('Ask for older ones with this; null at the beginning.'),
      after: positionOrNull.describe('Ask for newer ones with this; null at the end.'),
    }),
  },
  errors: ['not-found'],
})
export const getMessage = route({
  id: 'getMessage',
  service: 'messages',
  method: 'GET',
  path: '/api/messages/message/{messageId}',
  summary: 'One message by its id, with its place in the conversation',
  auth: 'token',
  params: messageId,
  answers: { 200: messageSchema },
  errors: ['not-found'],
})
export const unsendMessage = route({
  id: 'unsendMessage',
  service: 'messages',
  method: 'PUT',
  path: '/api/messages/unsent/{messageId}',
  summary: 'Unsend; its position stays as a tombstone',
  auth: 'token',
  params: messageId,
  answers: { 200: messageSchema },
  errors: ['forbidden', 'not-found', 'conflict'],
})
export const editMessage = route({
  id: 'editMessage',
  service: 'messages',
  method: 'PUT',
  path: '/api/messages/edit/{messageId}',
  summary: 'Replace the text of my message',
  auth: 'token',
  params: messageId,
  body: z.strictObject({ data: messageTextSchema }),
  answers: { 200: messageSchema },
  errors: ['forbidden', 'not-found', 'conflict'],
})
export const listMembers = route({
  id: 'listMembers',
  service: 'messages',
  method: 'GET',
  path: '/api/messages/member',
  summary: 'Members of a conversation',
  auth: 'token',
  query: z.strictObject({ conversationId: idSchema, ...pageQuery }),
  answers: { 200: listOf(memberSchema) },
  errors: ['not-found'],
})
export const getReceipts = route({
  id: 'getReceipts',
  service: 'messages',
  method: 'GET',
  path: '/api/messages/read/{messageId}',
  summary: 'Who has read the message, to whom it was delivered, and when',
  auth: 'token',
  params: messageId,
  answers: { 200: messageReceiptsSchema },
  errors: ['not-found'],
})
export const advanceReceipts = route({
  id: 'advanceReceipts',
  service: 'messages',
  method: 'PUT',
  path: '/api/messages/receipts/{conversationId}',
  summary: 'Move my cursors; lower than now changes nothing',
  auth: 'token',
  params: conversationId,
  body: z
    .strictObject({ read: cursorSchema.optional(), delivered: cursorSchema.optional() })
    .refine(
      (b) => b.read !== undefined || b.delivered !== undefined,
      'must have read or delivered',
    ),
  answers: { 200: participantSchema },
  errors: ['not-found'],
})
export const sync = route({
  id: 'sync',
  service: 'messages',
  method: 'POST',
  path: '/api/messages/sync',
  summary: 'What has changed since the versions that I know',
  auth: 'token',
  body: z.strictObject({ conversations: syncCursorsSchema }),
  answers: { 200: syncAnswerSchema },
  errors: [],
})
export const addReaction = route({
  id: 'addReaction',
  service: 'messages',
  method: 'PUT',
  path: '/api/messages/reaction/{messageId}/{emoji}',
  summary: 'React; once per person and emoji',
  auth: 'token',
  params: messageAndEmoji,
  answers: { 200: messageSchema },
  errors: ['not-found', 'conflict'],
})
export const removeReaction = route({
  id: 'removeReaction',
  service: 'messages',
  method: 'DELETE',
  path: '/api/messages/reaction/{messageId}/{emoji}',
  summary: 'Take a reaction back',
  auth: 'token',
  params: messageAndEmoji,
  answers: { 200: messageSchema },
  errors: ['not-found'],
})
export const searchMessages = route({
  id: 'searchMessages',
  service: 'messages',
  method: 'GET',
  path: '/api/messages/search',
  summary: 'Find messages by their words in every conversation of mine',
  auth: 'token',
  query: z.strictObject({
    q: z
      .string('must be text')
      .min(1, 'must not be empty')
      .max(500, 'must be at most 500 characters')
      .refine((s) => s.isWellFormed() && !s.includes('\0'), 'must be well-formed text'),
    sort: z.enum(['best', 'newest']).default('best'),
    zone: timeZoneSchema.default('UTC').describe('Time zone of the days in the query.'),
    ...pageQuery,
  }),
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          message: messageSchema,
          conversation: z.object({ id: idSchema, title: z.string().nullable() }),
          highlights: z
            .array(z.tuple([z.int(), z.int()]))
            .describe('[start, end) in UTF-16 units.'),
        }),
      ),
      next: z.string().nullable(),
      degraded: z.boolean(),
    }),
  },
  errors: [],
})

/** A message that was for me in particular, as it is now. */
export const activityItemSchema = z
  .object({
    kind: z
      .enum(['mention', 'reply', 'all', 'keyword'])
      .describe('Why it is here; the first of these, where several are true.'),
    message: textMessageSchema,
    quote: messageSchema.nullable().describe('What it answers, where I may see that.'),
    conversation: z.object({ id: idSchema, title: z.string().nullable() }),
    isUnread: z.boolean().describe('It lies after my read cursor, or from my mark on.'),
  })
  .meta({ id: 'ActivityItem' })
export type ActivityItem = z.infer<typeof activityItemSchema>

export const listActivity = route({
  id: 'listActivity',
  service: 'messages',
  method: 'GET',
  path: '/api/messages/activity',
  summary: 'What was for me in particular, in every conversation of mine; the latest first',
  auth: 'token',
  query: z.strictObject({ filter: z.enum(['all', 'unread']).default('all'), ...pageQuery }),
  answers: {
    200: z.object({
      items: z.array(activityItemSchema),
      next: z.string().nullable(),
      unread: z.int().min(0).describe('How many are unread, on all pages together.'),
    }),
  },
  errors: [],
})
