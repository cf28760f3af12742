import { createHash, timingSafeEqual } from 'node:crypto'
import { ChatError } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { forbidden } from '../conversations/policy.ts'
import type { HookRow } from '../db/schema.ts'
import { isInstanceAdmin } from '../webhooks/policy.ts'
import { findHook } from './queries.ts'

/** The same people as of bots: a webhook speaks as one. */
export async function assertManagesHooks(context: Context, userId: string): Promise<void> {
  if (!(await isInstanceAdmin(context, userId)))
    throw forbidden('Only admins of this ChatApp see to incoming webhooks.')
}

export async function getHook({ sql }: Pick<Context, 'sql'>, id: string): Promise<HookRow> {
  const hook = await findHook(sql, id)
  if (!hook || hook.deleted_at) throw noHook()
  return hook
}

export const noHook = () => new ChatError('not-found', 'There is no such incoming webhook.')

/** It is random and long: a plain hash cannot be guessed back. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest()

export const hasSecret = (hook: HookRow, secret: string) =>
  timingSafeEqual(hook.secret_hash, hashSecret(secret))
