import { z } from 'zod'
import {
  idSchema,
  listOf,
  messageIdSchema,
  messageTextSchema,
  pageQuery,
  timeSchema,
} from '../primitives.ts'
import { route } from './route.ts'

/** An incoming webhook: what is posted to its URL, its bot says in its conversation. */
export const hookSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    botId: idSchema,
    mayCallAll: z.boolean().describe('Whether `@all` in its texts calls everybody.'),
    createdBy: idSchema,
    createdAt: timeSchema,
  })
  .meta({ id: 'Hook' })
export type Hook = z.infer<typeof hookSchema>

const newHookSchema = z
  .object({ hook: hookSchema, url: z.string().describe('Holds the secret; shown this once.') })
  .meta({ id: 'NewHook' })
export type NewHook = z.infer<typeof newHookSchema>

const hookId = z.strictObject({ id: idSchema })

export const listHooks = route({
  id: 'listHooks',
  service: 'messages',
  method: 'GET',
  path: '/api/hooks',
  summary: 'Incoming webhooks, of one group or of all',
  auth: 'token',
  query: z.strictObject({ conversationId: idSchema.optional(), ...pageQuery }),
  answers: { 200: listOf(hookSchema) },
  errors: ['forbidden'],
})
export const createHook = route({
  id: 'createHook',
  service: 'messages',
  method: 'POST',
  path: '/api/hooks',
  summary: 'Let a program post to a group by a secret URL, as a bot that is in it',
  auth: 'token',
  body: z.strictObject({
    conversationId: idSchema,
    botId: idSchema.describe('Its name and picture are those of the webhook.'),
    mayCallAll: z.boolean('must be true or false').default(false),
  }),
  answers: { 201: newHookSchema },
  errors: ['forbidden', 'not-found', 'conflict'],
})
export const replaceHookSecret = route({
  id: 'replaceHookSecret',
  service: 'messages',
  method: 'POST',
  path: '/api/hooks/{id}/secret',
  summary: 'A new URL for an incoming webhook; the old one ends',
  auth: 'token',
  params: hookId,
  answers: { 201: newHookSchema },
  errors: ['forbidden', 'not-found'],
})
export const deleteHook = route({
  id: 'deleteHook',
  service: 'messages',
  method: 'DELETE',
  path: '/api/hooks/{id}',
  summary: 'Delete an incoming webhook; what it said stays',
  auth: 'token',
  params: hookId,
  answers: { 204: null },
  errors: ['forbidden', 'not-found'],
})
export const postToHook = route({
  id: 'postToHook',
  service: 'messages',
  method: 'POST',
  path: '/api/hooks/{id}/{secret}',
  summary: 'Say something by an incoming webhook',
  auth: 'none',
  params: z.strictObject({ id: z.string().max(200), secret: z.string().max(200) }),
  body: z.strictObject({
    text: messageTextSchema.describe('Markdown, as everywhere.'),
    username: z
      .string('must be 1 to 50 letters, digits, spaces or . _ -')
      .trim()
      .regex(/^[\p{L}\p{M}\p{N} ._-]{1,50}$/u, 'must be 1 to 50 letters, digits, spaces or . _ -')
      .optional()
      .describe('Put before the text, in bold; the sender stays the bot.'),
  }),
  answers: { 200: z.object({ messageId: messageIdSchema }) },
  errors: ['forbidden', 'not-found', 'gone', 'conflict'],
})
