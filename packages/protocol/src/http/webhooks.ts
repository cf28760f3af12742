import { z } from 'zod'
import { idSchema, listOf, pageQuery, timeSchema } from '../primitives.ts'
import { messageSchema, userSchema } from '../shapes.ts'
import { route } from './route.ts'

export const webhookEventSchema = z.enum([
  'message.created',
  'message.edited',
  'message.unsent',
  'member.joined',
  'member.left',
])
export type WebhookEvent = z.infer<typeof webhookEventSchema>

export const webhookSchema = z
  .object({
    id: idSchema,
    url: z.string(),
    conversationId: idSchema.nullable().describe('Null: every group.'),
    events: z.array(webhookEventSchema),
    state: z
      .enum(['on', 'off', 'gone'])
      .describe('`gone`: its server has answered 410, so nothing is sent until it is switched on.'),
    createdBy: idSchema,
    createdAt: timeSchema,
    lastTry: z
      .object({ at: timeSchema, status: z.int().nullable(), problem: z.string().nullable() })
      .nullable()
      .describe('How the latest delivery ended; `problem` is null when it arrived.'),
    waiting: z.int().min(0).describe('Events that are still to be delivered.'),
    failed: z.int().min(0).describe('Events that were given up.'),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof webhookSchema>

/** What became of a test. */
export const webhookTestSchema = z
  .object({
    status: z.int().nullable().describe('What the server answered; null when it did not.'),
    problem: z.string().nullable().describe('Null when it arrived.'),
  })
  .meta({ id: 'WebhookTest' })
export type WebhookTest = z.infer<typeof webhookTestSchema>

/** An event that was given up after three days of tries. */
export const failedEventSchema = z
  .object({
    id: z.string().describe('The `webhook-id` of every try.'),
    type: webhookEventSchema,
    conversationId: idSchema,
    position: z.int(),
    happenedAt: timeSchema,
    tries: z.int(),
    status: z.int().nullable(),
    problem: z.string().nullable(),
  })
  .meta({ id: 'FailedEvent' })
export type FailedEvent = z.infer<typeof failedEventSchema>

const eventBase = {
  version: z.literal(1).describe('Of this format; fields may be added to it.'),
  timestamp: timeSchema.describe('When it happened.'),
}
const groupSchema = z.object({ id: idSchema, title: z.string().nullable() })

/** The body of a webhook's request. */
export const webhookBodySchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.enum(['message.created', 'message.edited', 'message.unsent']),
      ...eventBase,
      data: z.object({ conversation: groupSchema, message: messageSchema, sender: userSchema }),
    }),
    z.object({
      type: z.enum(['member.joined', 'member.left']),
      ...eventBase,
      data: z.object({ conversation: groupSchema, users: z.array(userSchema), by: userSchema }),
    }),
    z.object({
      type: z.literal('webhook.test').describe('Somebody tries whether requests arrive.'),
      ...eventBase,
      data: z.object({ webhookId: idSchema }),
    }),
  ])
  .meta({ id: 'WebhookBody' })
export type WebhookBody = z.infer<typeof webhookBodySchema>

const webhookId = z.strictObject({ id: idSchema })

export const listWebhooks = route({
  id: 'listWebhooks',
  service: 'messages',
  method: 'GET',
  path: '/api/webhooks',
  summary: 'Webhooks of a group, or all of them for admins of the installation',
  auth: 'token',
  query: z.strictObject({ conversationId: idSchema.optional(), ...pageQuery }),
  answers: { 200: listOf(webhookSchema) },
  errors: ['forbidden', 'not-found'],
})
export const createWebhook = route({
  id: 'createWebhook',
  service: 'messages',
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Have events posted to a URL',
  auth: 'token',
  body: z.strictObject({
    url: z.url('must be an https URL').max(2000, 'must be at most 2000 characters'),
    conversationId: idSchema.optional().describe('Left out: every group, for admins.'),
    events: z
      .array(webhookEventSchema, 'must be a list of events')
      .min(1, 'must have at least one event')
      .max(5, 'must name each event once')
      .default(['message.created', 'message.edited', 'message.unsent']),
  }),
  answers: {
    201: z.object({
      webhook: webhookSchema,
      secret: z.string().describe('Signs every request; shown this once.'),
    }),
  },
  errors: ['forbidden', 'not-found', 'conflict'],
})
export const updateWebhook = route({
  id: 'updateWebhook',
  service: 'messages',
  method: 'PATCH',
  path: '/api/webhooks/{id}',
  summary: 'Switch a webhook on or off',
  auth: 'token',
  params: webhookId,
  body: z.strictObject({ state: z.enum(['on', 'off'], 'must be on or off') }),
  answers: { 200: webhookSchema },
  errors: ['forbidden', 'not-found'],
})
export const deleteWebhook = route({
  id: 'deleteWebhook',
  service: 'messages',
  method: 'DELETE',
  path: '/api/webhooks/{id}',
  summary: 'Delete a webhook and what it has not delivered',
  auth: 'token',
  params: webhookId,
  answers: { 204: null },
  errors: ['forbidden', 'not-found'],
})
export const testWebhook = route({
  id: 'testWebhook',
  service: 'messages',
  method: 'POST',
  path: '/api/webhooks/{id}/test',
  summary: 'Post a test event now, and say what came of it',
  auth: 'token',
  params: webhookId,
  answers: { 200: webhookTestSchema },
  errors: ['forbidden', 'not-found'],
})
export const listFailedEvents = route({
  id: 'listFailedEvents',
  service: 'messages',
  method: 'GET',
  path: '/api/webhooks/{id}/failed',
  summary: 'Events that were given up',
  auth: 'token',
  params: webhookId,
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(failedEventSchema) },
  errors: ['forbidden', 'not-found'],
})
export const retryFailedEvents = route({
  id: 'retryFailedEvents',
  service: 'messages',
  method: 'POST',
  path: '/api/webhooks/{id}/failed/again',
  summary: 'Deliver again what was given up',
  auth: 'token',
  params: webhookId,
  answers: { 200: z.object({ events: z.int().min(0).describe('How many wait again.') }) },
  errors: ['forbidden', 'not-found'],
})
