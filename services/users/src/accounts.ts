import { randomBytes } from 'node:crypto'
import { ChatError, newPasswordSchema, parseInput, routes } from '@chatapp/protocol'
import { type AccountInput, createAccount } from './account/create.ts'
import { deactivate, reactivate } from './account/deactivate.ts'
import { type Account, presentAccount } from './account/present.ts'
import { findAccounts, findByUsername } from './account/queries.ts'
import { resetPassword } from './account/reset-password.ts'
import { setAdmin } from './account/set-admin.ts'
import type { Context } from './context.ts'
import { cutPage, decodeCursor, type Page } from './cursor.ts'
import type { UserRow } from './db/schema.ts'
import { NAME_CURSOR } from './profile/policy.ts'

/** An account with the password that applies from now on, to be told to the person once. */
export interface NewCredentials {
  account: Account
  password: string
}

/** What an operator may do with accounts; not served over HTTP. Unknown names: `not-found`. */
export interface Accounts {
  /** By username. */
  list(page: { limit: number; cursor?: string | undefined }): Promise<Page<Account>>
  /** Without a password it makes one. */
  create(input: Omit<AccountInput, 'password'> & { password?: string }): Promise<NewCredentials>
  deactivate(username: string): Promise<Account>
  reactivate(username: string): Promise<Account>
  /** An admin of the installation, or one no more. */
  setAdmin(username: string, isAdmin: boolean): Promise<Account>
  resetPassword(username: string, password?: string): Promise<NewCredentials>
}

export function createAccounts(ctx: Context): Accounts {
  return {
    async list({ limit, cursor }) {
      const after = decodeCursor(cursor, NAME_CURSOR)
      const rows = await findAccounts(ctx.sql, { limit, after })
      const page = cutPage(rows, limit, (row) => row.username.toLowerCase())
      return { ...page, items: page.items.map(presentAccount) }
    },
    async create({ password = generatePassword(), ...rest }) {
      const input = parseInput(routes.register.body, { ...rest, password })
      return { account: presentAccount(await createAccount(ctx, input, null)), password }
    },
    deactivate: async (username) =>
      presentAccount(await deactivate(ctx, await getByUsername(ctx, username))),
    reactivate: async (username) =>
      presentAccount(await reactivate(ctx, await getByUsername(ctx, username))),
    setAdmin: async (username, isAdmin) =>
      presentAccount(await setAdmin(ctx, await getByUsername(ctx, username), isAdmin)),
    async resetPassword(username, password = generatePassword()) {
      const user = await getByUsername(ctx, username)
      await resetPassword(ctx, {
        user,
        password: parseInput(newPasswordSchema, password),
        field: 'password',
      })
      return { account: presentAccount(user), password }
    },
  }
}

async function getByUsername(ctx: Context, username: string): Promise<UserRow> {
  const user = await findByUsername(ctx.sql, username)
  if (!user) throw new ChatError('not-found', `There is no user named "${username}".`)
  return user
}

const generatePassword = () => randomBytes(15).toString('base64url')
