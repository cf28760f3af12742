import { createHash } from 'node:crypto'
import {
  type BodyOf,
  ChatError,
  idSchema,
  invalidField,
  type MessagesApi,
  messageTextSchema,
  type ParamsOf,
  parseInput,
  type routes,
} from '@chatapp/protocol'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { forbidden } from '../conversations/policy.ts'
import type { HookRow } from '../db/schema.ts'
import { hasSecret, noHook } from './policy.ts'
import { findHook } from './queries.ts'

type Post = ParamsOf<typeof routes.postToHook> &
  BodyOf<typeof routes.postToHook> & { idempotencyKey: string | string[] | undefined }

/** Says it as the bot, on the way that every message goes. */
export async function postToHook(
  context: Context,
  send: MessagesApi['send'],
  { id, secret, text, username, idempotencyKey }: Post,
): Promise<{ messageId: string }> {
  const hook = await openHook(context, id, secret)
  await assertBotIsActive(context, hook)
  const said = username === undefined ? text : `**${username}:** ${text}`
  try {
    const { message } = await send({
      senderId: hook.bot_id,
      conversationId: hook.conversation_id,
      clientId: clientIdOf(hook, idempotencyKey),
      data: parseInput(z.object({ text: messageTextSchema }), { text: said }).text,
      replyTo: null,
      mayCallAll: hook.may_call_all,
    })
    return { messageId: message.id }
  } catch (error) {
    throw error instanceof ChatError && error.code === 'not-found' ? botIsAway() : error
  }
}

/** Only who has the secret learns that there was such a webhook. */
async function openHook({ sql }: Context, id: string, secret: string): Promise<HookRow> {
  const known = idSchema.safeParse(id)
  const hook = known.success ? await findHook(sql, known.data) : undefined
  if (!hook || !hasSecret(hook, secret)) throw noHook()
  if (hook.deleted_at) throw new ChatError('gone', 'This incoming webhook was deleted.')
  return hook
}

async function assertBotIsActive({ users }: Context, { bot_id: id }: HookRow): Promise<void> {
  const [profile] = await users.profiles([id])
  const active = profile ? await users.idsByUsername([profile.user.username.toLowerCase()]) : []
  if (active.length === 0) throw botIsAway()
}

const botIsAway = () =>
  forbidden('The bot of this incoming webhook is deactivated or no longer in the conversation.')

/** Keys of two webhooks of one bot are not to meet. */
function clientIdOf({ id }: HookRow, key: string | string[] | undefined): string | null {
  if (key === undefined) return null
  if (typeof key !== 'string' || key === '' || key.length > 255)
    throw invalidField('Idempotency-Key', 'must be 1 to 255 characters')
  return createHash('sha256').update(`${id} ${key}`).digest('base64url')
}
