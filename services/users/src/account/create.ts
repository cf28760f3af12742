import { type BodyOf, ChatError, EVERYONE_NAME, type routes } from '@chatapp/protocol'
import { createId, isUniqueViolation } from '@chatapp/service-kit'
import { insertAudit } from '../audit/queries.ts'
import type { Context } from '../context.ts'
import type { UserRow } from '../db/schema.ts'
import { verificationsOf } from '../mail/policy.ts'
import { insertMails } from '../mail/queries.ts'
import { refuseGuessable } from '../password/policy.ts'
import { insertNameKeys } from '../profile/queries.ts'
import { announce } from './announce.ts'
import { findByUsername, insertUser } from './queries.ts'

export type AccountInput = BodyOf<typeof routes.register> & { isBot?: boolean }

/** Stores the account, then has it taken into the lobby. */
export async function createAccount(
  ctx: Context,
  input: AccountInput,
  ip: string | null,
): Promise<UserRow> {
  const { username, password } = input
  refuseGuessable(password, { field: 'password', username })
  if (username.toLowerCase() === EVERYONE_NAME) throw nameTaken()
  // Asked before the costly hash; two at once are told apart by the unique index.
  if (await findByUsername(ctx.sql, username)) throw nameTaken()
  const user = toRow(input, await ctx.passwords.hash(password), ctx.now())
  await store(ctx, user, ip)
  await announce(ctx, [user.id]).catch((error) =>
    ctx.log.warn({ err: error, userId: user.id }, 'a new user is announced later'),
  )
  return user
}

function toRow(input: AccountInput, passwordHash: string, now: number): UserRow {
  return {
    id: createId(now),
    username: input.username,
    display_name: input.displayName ?? input.username,
    email: input.email ?? null,
    email_verified_at: null,
    password_hash: passwordHash,
    avatar: null,
    bio: '',
    preferences: {},
    created_at: new Date(now),
    deactivated_at: null,
    announced_at: null,
    is_admin: false,
    is_bot: input.isBot ?? false,
  }
}

async function store(ctx: Context, user: UserRow, ip: string | null): Promise<void> {
  try {
    await ctx.sql.begin(async (tx) => {
      await insertUser(tx, user)
      await insertNameKeys(tx, user)
      await insertMails(tx, verificationsOf(user, ctx.now()))
      await insertAudit(tx, { event: 'registered', at: ctx.now(), userId: user.id, ip })
    })
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken() : error
  }
}

function nameTaken(): ChatError {
  const message = 'is taken'
  return new ChatError('conflict', 'This username is taken.', {
    errors: [{ path: 'username', message }],
  })
}
