import { z } from 'zod'
import { idSchema, listOf, pageQuery, timeSchema } from '../primitives.ts'
import { userSchema, webSessionSchema } from '../shapes.ts'
import { route } from './route.ts'
import { displayNameSchema, usernameSchema } from './users.ts'

export const botTokenSchema = z
  .object({
    id: idSchema,
    createdAt: timeSchema,
    usedAt: timeSchema.nullable().describe('When it was last exchanged for an access token.'),
  })
  .meta({ id: 'BotToken' })
export type BotToken = z.infer<typeof botTokenSchema>

const newTokenSchema = z
  .object({ id: idSchema, token: z.string().describe('Shown this once.') })
  .meta({ id: 'NewBotToken' })
export type NewBotToken = z.infer<typeof newTokenSchema>

const botId = z.strictObject({ id: idSchema })
const tokenId = z.strictObject({ id: idSchema, tokenId: idSchema })

export const listBots = route({
  id: 'listBots',
  service: 'users',
  method: 'GET',
  path: '/api/bots',
  summary: 'All bots',
  auth: 'token',
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(userSchema) },
  errors: ['forbidden'],
})
export const createBot = route({
  id: 'createBot',
  service: 'users',
  method: 'POST',
  path: '/api/bots',
  summary: 'Make an account for a program, with a first token',
  auth: 'token',
  body: z.strictObject({ username: usernameSchema, displayName: displayNameSchema.optional() }),
  answers: { 201: z.object({ user: userSchema, ...newTokenSchema.shape }) },
  errors: ['forbidden', 'conflict'],
})
export const listBotTokens = route({
  id: 'listBotTokens',
  service: 'users',
  method: 'GET',
  path: '/api/bots/{id}/tokens',
  summary: 'The tokens of a bot, with their last use',
  auth: 'token',
  params: botId,
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(botTokenSchema) },
  errors: ['forbidden', 'not-found'],
})
export const createBotToken = route({
  id: 'createBotToken',
  service: 'users',
  method: 'POST',
  path: '/api/bots/{id}/tokens',
  summary: 'Another token for a bot',
  auth: 'token',
  params: botId,
  answers: { 201: newTokenSchema },
  errors: ['forbidden', 'not-found'],
})
export const revokeBotToken = route({
  id: 'revokeBotToken',
  service: 'users',
  method: 'DELETE',
  path: '/api/bots/{id}/tokens/{tokenId}',
  summary: 'End a token of a bot, and the sockets that were opened with it',
  auth: 'token',
  params: tokenId,
  answers: { 204: null },
  errors: ['forbidden', 'not-found'],
})
export const exchangeBotToken = route({
  id: 'exchangeBotToken',
  service: 'users',
  method: 'POST',
  path: '/api/bots/session',
  summary: 'An access token for the bot whose token this is',
  auth: 'none',
  body: z.strictObject({ token: z.string('must be the token of a bot').max(256) }),
  answers: { 200: webSessionSchema },
  errors: ['unauthenticated'],
})
