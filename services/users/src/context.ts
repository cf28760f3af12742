import type { MessagesApi } from '@chatapp/protocol'
import type { Bus, Limiter, Logger, Sql } from '@chatapp/service-kit'
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
}

export interface Limits {
  signInsOfAccount: Limiter
  signInsFromAddress: Limiter
  registrations: Limiter
  passwordChanges: Limiter
}

/** Where a call came from, as sessions and the audit remember it. */
export interface Device {
  ip: string
  userAgent: string | null
}
