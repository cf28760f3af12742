import { createHash, randomBytes } from 'node:crypto'
import type { AccountMailKind } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import type { MailRow, UserRow } from '../db/schema.ts'

const HOUR_MS = 60 * 60 * 1000

/** A link to a password is worth stealing; the others are not. */
const LIFETIME_MS: Record<AccountMailKind, number> = {
  'password-reset': HOUR_MS,
  'email-verification': 24 * HOUR_MS,
  'email-changed': 72 * HOUR_MS,
}

/** What needs a link back to us. */
export const hasLink = (kind: AccountMailKind): boolean => kind !== 'email-changed'

export const resetsOf = (user: UserRow, now: number): MailRow[] =>
  mailsTo(user, 'password-reset', now)

export const verificationsOf = (user: UserRow, now: number): MailRow[] =>
  mailsTo(user, 'email-verification', now)

/** To the address that is the account's no more. */
export const changeNoticesOf = (before: UserRow, now: number): MailRow[] =>
  mailsTo(before, 'email-changed', now)

/** None to whoever has no address. */
function mailsTo({ id, email }: UserRow, kind: AccountMailKind, now: number): MailRow[] {
  if (email === null) return []
  return [
    {
      id: createId(now),
      user_id: id,
      kind,
      address: email,
      created_at: new Date(now),
      expires_at: new Date(now + LIFETIME_MS[kind]),
      taken_at: null,
    },
  ]
}

export const createMailToken = () => randomBytes(32).toString('base64url')

/** 256 random bits need no slow hash: nobody guesses them from a stolen table. */
export const hashMailToken = (token: string): Buffer => createHash('sha256').update(token).digest()
