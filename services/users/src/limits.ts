import type { LimiterFactory } from '@chatapp/service-kit'
import type { Limits } from './context.ts'

const QUARTER_HOUR_SECONDS = 15 * 60
const HOUR_SECONDS = 60 * 60

/** Ten guesses an account leave a person room for typos and an attacker none; an address may be an office's. */
export function createLimits(limits: LimiterFactory): Limits {
  const within = (name: string, points: number, perSeconds: number) =>
    limits(name, { points, perSeconds })
  return {
    signInsOfAccount: within('users-sign-in-account', 10, QUARTER_HOUR_SECONDS),
    signInsFromAddress: within('users-sign-in-address', 100, QUARTER_HOUR_SECONDS),
    registrations: within('users-registration', 30, HOUR_SECONDS),
    avatars: within('users-avatar', 30, HOUR_SECONDS),
    mailsOfAccount: within('users-mails', 10, HOUR_SECONDS),
    passwordResetsOfAddress: within('users-resets-mailbox', 3, HOUR_SECONDS),
    passwordResetsFromAddress: within('users-resets-address', 30, HOUR_SECONDS),
    mailTokens: within('users-mail-tokens', 60, QUARTER_HOUR_SECONDS),
    passwordChanges: within('users-password-change', 10, QUARTER_HOUR_SECONDS),
  }
}
