import { z } from 'zod'
import { ADD_MEMBERS_MAX } from '../limits.ts'
import {
  draftTextSchema,
  idSchema,
  lineSchema,
  listOf,
  pageQuery,
  positionSchema,
  timeInputSchema,
} from '../primitives.ts'
import {
  conversationSchema,
  draftSchema,
  historyPolicySchema,
  invitePolicySchema,
  notifyLevelSchema,
  participantSchema,
  roleSchema,
} from '../shapes.ts'
import { route } from './route.ts'

const titleSchema = lineSchema(100)
const conversationId = z.strictObject({ conversationId: idSchema })
const conversationAndUser = z.strictObject({ conversationId: idSchema, userId: idSchema })
const userIds = (least: number) =>
  z
    .array(idSchema, `must be a list of ${least} to ${ADD_MEMBERS_MAX} user ids`)
    .min(least, `must have at least ${least} user id`)
    .max(ADD_MEMBERS_MAX, `must have at most ${ADD_MEMBERS_MAX} user ids`)

export const createConversation = route({
  id: 'createConversation',
  service: 'messages',
  method: 'POST',
  path: '/api/conversations',
  summary: 'Create a group, or open the direct conversation with a person',
  auth: 'token',
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('direct'), userId: idSchema }),
    z.strictObject({
      kind: z.literal('group'),
      title: titleSchema,
      userIds: userIds(0),
      history: historyPolicySchema.optional(),
      invites: invitePolicySchema.optional(),
    }),
  ]),
  answers: { 201: conversationSchema, 200: conversationSchema },
  errors: [],
})
export const listConversations = route({
  id: 'listConversations',
  service: 'messages',
  method: 'GET',
  path: '/api/conversations',
  summary: 'My conversations, latest activity first',
  auth: 'token',
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(conversationSchema) },
  errors: [],
})
export const getConversation = route({
  id: 'getConversation',
  service: 'messages',
  method: 'GET',
  path: '/api/conversations/{conversationId}',
  summary: 'One of my conversations',
  auth: 'token',
  params: conversationId,
  answers: { 200: conversationSchema },
  errors: ['not-found'],
})
export const updateConversation = route({
  id: 'updateConversation',
  service: 'messages',
  method: 'PATCH',
  path: '/api/conversations/{conversationId}',
  summary: 'Change title or policies (owners and admins), or my own settings in it',
  auth: 'token',
  params: conversationId,
  body: z
    .strictObject({
      title: titleSchema.optional(),
      history: historyPolicySchema.optional(),
      invites: invitePolicySchema.optional(),
      notify: notifyLevelSchema.optional(),
      mutedUntil: timeInputSchema.optional().describe('A time that has passed unmutes.'),
      pinned: z.boolean('must be true or false').optional(),
      unreadFrom: positionSchema
        .optional()
        .describe('Marks it unread from here on; reading takes the mark away again.'),
    })
    .refine((body) => Object.keys(body).length > 0, 'must have at least one field'),
  answers: { 200: conversationSchema },
  errors: ['forbidden', 'not-found'],
})
export const saveDraft = route({
  id: 'saveDraft',
  service: 'messages',
  method: 'PUT',
  path: '/api/conversations/{conversationId}/draft',
  summary: 'Keep what I have written and not sent; empty text clears it',
  auth: 'token',
  params: conversationId,
  body: z.strictObject({ text: draftTextSchema }),
  answers: { 200: draftSchema },
  errors: ['not-found'],
})
export const addParticipants = route({
  id: 'addParticipants',
  service: 'messages',
  method: 'POST',
  path: '/api/participant/{conversationId}',
  summary: 'Add people to a group',
  auth: 'token',
  params: conversationId,
  body: z.strictObject({ userIds: userIds(1) }),
  answers: { 200: z.object({ added: z.array(idSchema), already: z.array(idSchema) }) },
  errors: ['forbidden', 'not-found'],
})
export const setRole = route({
  id: 'setRole',
  service: 'messages',
  method: 'PUT',
  path: '/api/participant/{conversationId}/{userId}',
  summary: 'Change the role of a member',
  auth: 'token',
  params: conversationAndUser,
  body: z.strictObject({ role: roleSchema }),
  answers: { 200: participantSchema },
  errors: ['forbidden', 'not-found', 'conflict'],
})
export const removeParticipant = route({
  id: 'removeParticipant',
  service: 'messages',
  method: 'DELETE',
  path: '/api/participant/{conversationId}/{userId}',
  summary: 'Remove a member, or leave',
  auth: 'token',
  params: conversationAndUser,
  answers: { 204: null },
  errors: ['forbidden', 'not-found', 'conflict'],
})
