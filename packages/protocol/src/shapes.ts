import { z } from 'zod'
import {
  clientIdSchema,
  cursorSchema,
  emojiSchema,
  idSchema,
  messageIdSchema,
  positionSchema,
  timeSchema,
  versionSchema,
} from './primitives.ts'

export const userSchema = z
  .object({
    id: idSchema,
    username: z.string(),
    displayName: z.string(),
    avatarUrl: z.string().nullable().describe('A path on this server.'),
    bio: z.string(),
    isBot: z.literal(true).optional().describe('A program, not a person.'),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof userSchema>

const preferenceValueSchema = z.union([z.string().max(1000), z.number(), z.boolean()])

/** Settings of the account that follow to every device. Other keys are a client's own. */
export const preferencesSchema = z
  .object({
    theme: z.enum(['system', 'light', 'dark']).optional(),
    density: z.enum(['comfortable', 'compact']).optional(),
    language: z.string().max(35).optional(),
    readReceipts: z
      .boolean()
      .optional()
      .describe('False: nobody learns what I read, nor I what others read. Left out: true.'),
  })
  .catchall(preferenceValueSchema)
  .refine((p) => JSON.stringify(p).length <= 4096, 'must be at most 4096 characters of JSON')
  .meta({ id: 'Preferences' })
export type Preferences = z.infer<typeof preferencesSchema>

export const ownUserSchema = userSchema
  .extend({
    email: z.string().nullable(),
    emailVerified: z
      .boolean()
      .default(false)
      .describe('Whether they have shown that the address is theirs.'),
    createdAt: timeSchema,
    preferences: preferencesSchema,
    isAdmin: z.literal(true).optional().describe('An admin of this installation.'),
  })
  .meta({ id: 'OwnUser' })
export type OwnUser = z.infer<typeof ownUserSchema>

export const sessionSchema = z
  .object({
    user: ownUserSchema,
    accessToken: z.string(),
    refreshToken: z.string(),
    expiresIn: z.int().describe('Seconds until the access token ends.'),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof sessionSchema>

/** A session of a browser: its refresh token is in a cookie that no script sees. */
export const webSessionSchema = sessionSchema
  .omit({ refreshToken: true })
  .meta({ id: 'WebSession' })
export type WebSession = z.infer<typeof webSessionSchema>

/** A device that is signed in. */
export const deviceSchema = z
  .object({
    id: idSchema,
    userAgent: z.string().nullable(),
    ip: z.string().nullable(),
    createdAt: timeSchema,
    usedAt: timeSchema,
    expiresAt: timeSchema,
    current: z.boolean(),
  })
  .meta({ id: 'Device' })
export type Device = z.infer<typeof deviceSchema>

export const roleSchema = z.enum(['owner', 'admin', 'member'])
export type Role = z.infer<typeof roleSchema>
export const historyPolicySchema = z.enum(['shared', 'since-joined'])
export type HistoryPolicy = z.infer<typeof historyPolicySchema>
export const invitePolicySchema = z.enum(['members', 'admins'])
export type InvitePolicy = z.infer<typeof invitePolicySchema>
export const notifyLevelSchema = z.enum(['all', 'mentions', 'nothing'])
export type NotifyLevel = z.infer<typeof notifyLevelSchema>

export const positionOrNull = positionSchema.nullable()

export const participantSchema = z
  .object({
    userId: idSchema,
    role: roleSchema,
    joinedAt: timeSchema,
    joinedPosition: cursorSchema.describe('The last position before joining.'),
    deliveredPosition: cursorSchema.describe('Everything up to here has arrived.'),
    readPosition: cursorSchema.describe(
      'Everything up to here has been read; of others, as far as they let it be known.',
    ),
  })
  .meta({ id: 'Participant' })
export type Participant = z.infer<typeof participantSchema>

/** What one has written in a conversation and not sent, on whichever device. */
export const draftSchema = z
  .object({
    text: z.string(),
    updatedAt: timeSchema.describe('Of two drafts the later one counts.'),
  })
  .meta({ id: 'Draft' })
export type Draft = z.infer<typeof draftSchema>

/** Oneself in a conversation, with what only oneself sees. */
export const ownParticipantSchema = participantSchema
  .extend({
    notify: notifyLevelSchema,
    mutedUntil: timeSchema.nullable(),
    pinned: z.boolean(),
    // Servers of earlier versions leave it out.
    unreadFrom: positionOrNull
      .default(null)
      .describe(
        'Marked by me: from here on what others wrote counts as unread, whatever I have read.',
      ),
    draft: draftSchema.nullable(),
  })
  .meta({ id: 'OwnParticipant' })
export type OwnParticipant = z.infer<typeof ownParticipantSchema>

export const memberSchema = participantSchema.extend({ user: userSchema }).meta({ id: 'Member' })
export type Member = z.infer<typeof memberSchema>

/** What a system message tells; who did it is the message's `senderId`. */
export const systemEventSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('created'), title: z.string(), userIds: z.array(idSchema) }),
    z.object({ type: z.literal('renamed'), title: z.string() }),
    z.object({ type: z.literal('joined'), userIds: z.array(idSchema) }),
    z.object({ type: z.literal('left'), userId: idSchema }),
    z.object({ type: z.literal('removed'), userId: idSchema }),
  ])
  .meta({ id: 'SystemEvent' })
export type SystemEvent = z.infer<typeof systemEventSchema>

export const reactionSchema = z
  .object({ emoji: emojiSchema, userIds: z.array(idSchema) })
  .meta({ id: 'Reaction' })
export type Reaction = z.infer<typeof reactionSchema>

export const mentionsAllSchema = z
  .literal(true)
  .optional()
  .describe('Everybody in the group is mentioned, by `@all`.')

const messageBase = z.object({
  id: messageIdSchema,
  conversationId: idSchema,
  position: positionSchema,
  version: versionSchema,
  senderId: idSchema,
  clientId: clientIdSchema,
  replyTo: messageIdSchema.nullable(),
  mentions: z.array(idSchema),
  mentionsAll: mentionsAllSchema,
  reactions: z.array(reactionSchema),
  sentAt: timeSchema,
  editedAt: timeSchema.nullable(),
  unsentAt: timeSchema.nullable(),
})
export const textMessageSchema = messageBase
  .extend({
    kind: z.literal('text'),
    data: z.string().nullable().describe('The text as sent; null once unsent.'),
  })
  .meta({ id: 'TextMessage' })
export type TextMessage = z.infer<typeof textMessageSchema>
export const systemMessageSchema = messageBase
  .extend({ kind: z.literal('system'), event: systemEventSchema })
  .meta({ id: 'SystemMessage' })
export type SystemMessage = z.infer<typeof systemMessageSchema>
export const messageSchema = z
  .discriminatedUnion('kind', [textMessageSchema, systemMessageSchema])
  .meta({ id: 'Message' })
export type Message = z.infer<typeof messageSchema>

export const conversationSchema = z
  .object({
    id: idSchema,
    kind: z.enum(['direct', 'group']),
    title: z.string().nullable(),
    history: historyPolicySchema,
    invites: invitePolicySchema,
    lobby: z.boolean().describe('True for "General", the group of everybody.'),
    createdAt: timeSchema,
    lastPosition: cursorSchema.describe('Of the newest message; 0 while there is none.'),
    version: cursorSchema.describe('Number of the latest change.'),
    lastMessage: messageSchema.nullable(),
    unread: z
      .int()
      .min(0)
      .describe('Messages of others after my read cursor, or from `me.unreadFrom` on.'),
    memberCount: z.int().min(0),
    participants: z
      .array(userSchema)
      .optional()
      .describe('Both people; direct conversations only.'),
    me: ownParticipantSchema,
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof conversationSchema>

/** A participant that changed; `left` once they are no longer in the conversation. */
export const participantChangeSchema = participantSchema
  .extend({ left: z.boolean() })
  .meta({ id: 'ParticipantChange' })
export type ParticipantChange = z.infer<typeof participantChangeSchema>

export const conversationSettingsSchema = z
  .object({
    title: z.string().nullable(),
    history: historyPolicySchema,
    invites: invitePolicySchema,
  })
  .meta({ id: 'ConversationSettings' })
export type ConversationSettings = z.infer<typeof conversationSettingsSchema>

export const syncAnswerSchema = z
  .object({
    conversations: z.array(
      z.object({
        id: idSchema,
        version: cursorSchema.describe('The client knows everything up to here now.'),
        changes: z.array(messageSchema).describe('Messages changed since, by version.'),
        participants: z.array(participantChangeSchema).optional(),
        unreadFrom: positionSchema.optional().describe('Where I have marked it unread, if I have.'),
        settings: conversationSettingsSchema
          .optional()
          .describe('Title or policies, when changed.'),
        reset: z.boolean().describe('More than 1,000 changes: forget the cursor and page history.'),
      }),
    ),
    unknown: z.array(idSchema).describe('Not, or no longer, a member of these.'),
    added: z.array(conversationSchema).describe('A member of these, and they were not named.'),
    more: z
      .boolean()
      .optional()
      .describe('Not all of those are here: page the list of conversations for the rest.'),
  })
  .meta({ id: 'Sync' })
export type SyncAnswer = z.infer<typeof syncAnswerSchema>

/** The client's cursors: the version it knows of each conversation. */
export const syncCursorsSchema = z.record(idSchema, cursorSchema)
export type SyncCursors = z.infer<typeof syncCursorsSchema>

const personAtSchema = z.object({ userId: idSchema, at: timeSchema })
export const messageReceiptsSchema = z
  .union([
    z.object({
      messageId: messageIdSchema,
      readBy: z.array(personAtSchema),
      deliveredTo: z.array(personAtSchema),
    }),
    z.object({
      messageId: messageIdSchema,
      readCount: z.int().min(0),
      deliveredCount: z.int().min(0),
    }),
  ])
  .meta({ id: 'MessageReceipts' })
export type MessageReceipts = z.infer<typeof messageReceiptsSchema>
