import type { MessagesApi } from '@chatapp/protocol'
import type { BlobStore, Bus, Limiter, Logger, Sql } from '@chatapp/service-kit'
import type { SessionKind } from './db/schema.ts'
import type { Passwords } from './password/hash.ts'
import type { AccessTokens } from './token/sign.ts'

/** What every verb of the service works with. */
export interface Context {
  sql: Sql
  bus: Bus
  log: Logger
  now: () => number
  messages: Pick<MessagesApi, 'registered'>
  passwords: Passwords
  tokens: AccessTokens
  limits: Limits
  avatars: BlobStore
  /** Into the database, what earlier versions had in files; says how many. */
  moveAvatars: () => Promise<number>
  /** Where people reach us, when that is not the host that they call. */
  publicUrl: string | undefined
}

export interface Limits {
  signInsOfAccount: Limiter
  signInsFromAddress: Limiter
  registrations: Limiter
  passwordChanges: Limiter
  avatars: Limiter
  /** Mails that somebody has us send to addresses of theirs. */
  mailsOfAccount: Limiter
  passwordResetsOfAddress: Limiter
  passwordResetsFromAddress: Limiter
  /** Tokens of mails that are tried. */
  mailTokens: Limiter
}

/** Where a call came from, as sessions and the audit remember it. */
export interface Device {
  ip: string
  userAgent: string | null
  kind: SessionKind
}
