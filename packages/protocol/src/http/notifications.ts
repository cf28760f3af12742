import { z } from 'zod'
import {
  bytesSchema,
  idSchema,
  isTimeZone,
  listOf,
  pageQuery,
  positionSchema,
  queryNumber,
  timeSchema,
} from '../primitives.ts'
import { route } from './route.ts'

const base64url = (bytes: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 8) / 6)}}=*$`),
      `must be ${bytes} bytes in base64url`,
    )
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 22:00')
const timeZone = z.string().max(64).refine(isTimeZone, 'must be a time zone like Europe/Berlin')

const payloadSchema = z.enum(['full', 'sender', 'none'])

/** How long I am away before a mail tells me what I have missed, and how often at most. */
export const digestPeriodSchema = z.enum(['15min', 'hour', 'day'])
export type DigestPeriod = z.infer<typeof digestPeriodSchema>

export const notificationPreferencesSchema = z
  .object({
    payload: payloadSchema,
    /** The most that this server lets push messages tell, whatever I have chosen. */
    payloadMax: payloadSchema.default('full'),
    doNotDisturb: z.object({ from: clock, to: clock, timeZone }).nullable(),
    digest: z.boolean().describe('Whether a mail tells me what I have missed.'),
    digestEvery: digestPeriodSchema.default('hour'),
    keywords: z.array(z.string()),
  })
  .meta({ id: 'NotificationPreferences' })
export type NotificationPreferences = z.infer<typeof notificationPreferencesSchema>

export const subscriptionSchema = z
  .object({ id: idSchema, endpoint: z.string(), createdAt: timeSchema })
  .meta({ id: 'PushSubscription' })
export type PushSubscriptionInfo = z.infer<typeof subscriptionSchema>

/** What became of one try to hand a push message to its push service. */
export const deliveryOutcomeSchema = z
  .enum(['sent', 'gone', 'refused', 'failed', 'given-up', 'forbidden-address'])
  .meta({ id: 'DeliveryOutcome' })
export type DeliveryOutcome = z.infer<typeof deliveryOutcomeSchema>

export const noticeReasonSchema = z.enum([
  'direct',
  'mention',
  'reply',
  'all',
  'keyword',
  'level-all',
  'own',
  'read',
  'on-screen',
  'level-nothing',
  'muted',
  'not-called',
  'unsent',
  'do-not-disturb',
  'no-device',
])
export type NoticeReason = z.infer<typeof noticeReasonSchema>

/** Whether I was told of a message, why or why not, and what became of the push messages. */
export const noticeSchema = z
  .object({
    conversationId: idSchema,
    position: positionSchema,
    outcome: z.enum(['nothing', 'in-app', 'push', 'digest']),
    reason: noticeReasonSchema,
    decidedAt: timeSchema,
    deliveries: z.array(
      z.object({
        subscriptionId: idSchema,
        position: positionSchema,
        kind: z.enum(['message', 'close']),
        outcome: deliveryOutcomeSchema,
        status: z.int().nullable(),
        at: timeSchema,
      }),
    ),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof noticeSchema>

/** The plain text of a push message, as JSON. What a policy holds back is absent. */
export const pushMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    conversationId: idSchema,
    position: positionSchema,
    count: z.int().min(1),
    title: z.string().optional(),
    body: z.string().optional(),
  }),
  z.object({ type: z.literal('close'), conversationId: idSchema }),
  z.object({
    type: z.literal('summary'),
    count: z.int().min(1),
    conversations: z.int().min(1),
    /** Of the latest conversations. */
    titles: z.array(z.string()).optional(),
    /** Where all of it is, if it is in one conversation. */
    only: z.object({ conversationId: idSchema, position: positionSchema }).optional(),
  }),
  z.object({ type: z.literal('close-summary') }),
  z.object({ type: z.literal('test') }),
])
export type PushMessage = z.infer<typeof pushMessageSchema>

export const getVapidPublicKey = route({
  id: 'getVapidPublicKey',
  service: 'notifications',
  method: 'GET',
  path: '/api/notifications/vapid-public-key',
  summary: 'The key that a browser subscribes with',
  auth: 'token',
  answers: { 200: z.object({ key: z.string() }) },
  errors: [],
})
export const listSubscriptions = route({
  id: 'listSubscriptions',
  service: 'notifications',
  method: 'GET',
  path: '/api/notifications/subscriptions',
  summary: 'My push subscriptions',
  auth: 'token',
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(subscriptionSchema) },
  errors: [],
})
export const createSubscription = route({
  id: 'createSubscription',
  service: 'notifications',
  method: 'POST',
  path: '/api/notifications/subscriptions',
  summary: 'Subscribe this device to push messages',
  auth: 'token',
  body: z.strictObject({
    endpoint: z.url('must be an https URL').max(2000),
    keys: z.strictObject({ p256dh: base64url(65), auth: base64url(16) }),
  }),
  answers: { 201: z.object({ id: idSchema }), 200: z.object({ id: idSchema }) },
  errors: ['forbidden'],
})
export const deleteSubscription = route({
  id: 'deleteSubscription',
  service: 'notifications',
  method: 'DELETE',
  path: '/api/notifications/subscriptions/{id}',
  summary: 'Unsubscribe',
  auth: 'token',
  params: z.strictObject({ id: idSchema }),
  answers: { 204: null },
  errors: ['not-found'],
})
export const getNotificationPreferences = route({
  id: 'getNotificationPreferences',
  service: 'notifications',
  method: 'GET',
  path: '/api/notifications/preferences',
  summary: 'How I want to be notified',
  auth: 'token',
  answers: { 200: notificationPreferencesSchema },
  errors: [],
})
export const updateNotificationPreferences = route({
  id: 'updateNotificationPreferences',
  service: 'notifications',
  method: 'PUT',
  path: '/api/notifications/preferences',
  summary: 'Change how I want to be notified; only the fields given change',
  auth: 'token',
  body: z.strictObject({
    payload: payloadSchema.optional(),
    doNotDisturb: z
      .union(
        [z.literal('off'), z.strictObject({ from: clock, to: clock, timeZone })],
        'must be "off" or { from, to, timeZone }',
      )
      .optional()
      .describe('Hours without notifications, or "off".'),
    digest: z.boolean('must be true or false').optional(),
    digestEvery: digestPeriodSchema
      .optional()
      .describe('How long I am away before that mail, and how often it comes at most.'),
    keywords: z.array(z.string().trim().min(1).max(64)).max(50).optional(),
  }),
  answers: { 200: notificationPreferencesSchema },
  errors: [],
})
export const testPush = route({
  id: 'testPush',
  service: 'notifications',
  method: 'POST',
  path: '/api/notifications/test',
  summary: 'Send a push message to a device of mine, to see whether it arrives',
  auth: 'token',
  body: z.strictObject({ subscriptionId: idSchema }),
  answers: { 200: z.object({ outcome: deliveryOutcomeSchema, status: z.int().nullable() }) },
  errors: ['not-found'],
})
export const listNotices = route({
  id: 'listNotices',
  service: 'notifications',
  method: 'GET',
  path: '/api/notifications/log',
  summary: 'Why I was told of messages, or was not',
  auth: 'token',
  query: z.strictObject({
    ...pageQuery,
    conversationId: idSchema.optional(),
    position: queryNumber(1).optional().describe('Of this message of the conversation only.'),
  }),
  answers: { 200: listOf(noticeSchema) },
  errors: [],
})

/** What a link in a digest holds. */
const digestToken = z.strictObject({ token: z.string().max(128) })
const HTML = 'text/html; charset=utf-8'

export const askUnsubscribing = route({
  id: 'askUnsubscribing',
  service: 'notifications',
  method: 'GET',
  path: '/api/notifications/digest/unsubscribe/{token}',
  summary: 'A page that asks whether I want no more digests by mail',
  auth: 'none',
  params: digestToken,
  answers: { 200: bytesSchema },
  download: HTML,
  errors: ['not-found'],
})
export const unsubscribeFromDigest = route({
  id: 'unsubscribeFromDigest',
  service: 'notifications',
  method: 'POST',
  path: '/api/notifications/digest/unsubscribe/{token}',
  summary: 'No more digests by mail, as the link in one of them asks for',
  auth: 'none',
  params: digestToken,
  form: true,
  answers: { 200: bytesSchema },
  download: HTML,
  errors: ['not-found'],
})
