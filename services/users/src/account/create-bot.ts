import { randomBytes } from 'node:crypto'
import type { BodyOf, routes } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { UserRow } from '../db/schema.ts'
import { createAccount } from './create.ts'

/** An account whose password nobody has ever known. */
export function createBot(
  ctx: Context,
  { username, displayName }: BodyOf<typeof routes.createBot>,
): Promise<UserRow> {
  const password = randomBytes(32).toString('base64url')
  const input = { username, password, ...(displayName && { displayName }), isBot: true }
  return createAccount(ctx, input, null)
}
