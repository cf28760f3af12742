import type { AccountMailKind, Preferences } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'

/** A pool or a transaction of it. */
export type { Queries }

export interface UserRow {
  id: string
  username: string
  display_name: string
  email: string | null
  /** When its holder showed that it is theirs. */
  email_verified_at: Date | null
  password_hash: string
  avatar: string | null
  bio: string
  preferences: Preferences
  created_at: Date
  deactivated_at: Date | null
  /** When messages took the user into the lobby; null: still to be done. */
  announced_at: Date | null
  /** Of this installation; made by its operator. */
  is_admin: boolean
  /** Never signs in with a password. */
  is_bot: boolean
}

/** What a person can be found by: lower-case NFKC beginnings of words of their names. */
export interface NameKeyRow {
  key: string
  user_id: string
}

/**
 * `app` keeps its refresh token itself; `web` has it in a cookie, which an answer may miss; `bot` has
 * one that stays the same.
 */
export type SessionKind = 'app' | 'web' | 'bot'

/** A sign-in on one device; its id stays the same over all refreshes. */
export interface SessionRow {
  id: string
  user_id: string
  user_agent: string | null
  ip: string | null
  created_at: Date
  used_at: Date
  expires_at: Date
  revoked_at: Date | null
  kind: SessionKind
}

export interface RefreshTokenRow {
  /** SHA-256. */
  token_hash: Uint8Array
  session_id: string
  issued_at: Date
  used_at: Date | null
}

/** The public half of what a process of this service signs access tokens with. */
export interface SigningKeyRow {
  kid: string
  x: string
  used_at: Date
}

export interface AvatarRow {
  key: string
  picture: Uint8Array
  stored_at: Date
}

/** A mail about an account, ordered from the service that sends mail. */
export interface MailRow {
  id: string
  user_id: string
  kind: AccountMailKind
  /** Where it goes. */
  address: string
  created_at: Date
  expires_at: Date
  /** When the service that sends mail wrote it down. */
  taken_at: Date | null
}

/** Of a link in a mail; each try to send it has one of its own, the first one used ends them all. */
export interface MailTokenRow {
  /** SHA-256. */
  token_hash: Uint8Array
  mail_id: string
}

export type AuditEvent =
  | 'registered'
  | 'signed-in'
  | 'sign-in-failed'
  | 'signed-out'
  | 'session-ended'
  | 'refresh-token-reused'
  | 'password-changed'
  | 'password-change-failed'
  | 'password-reset'
  | 'password-reset-asked'
  | 'email-verified'
  | 'deactivated'
  | 'reactivated'
  | 'promoted'
  | 'demoted'
  | 'bot-token-made'
  | 'bot-token-revoked'

/** Append-only; never holds what was typed. */
export interface AuditRow {
  id: number
  at: Date
  event: AuditEvent
  user_id: string | null
  session_id: string | null
  ip: string | null
}

export interface Database {
  'users.users': UserRow
  'users.name_keys': NameKeyRow
  'users.sessions': SessionRow
  'users.refresh_tokens': RefreshTokenRow
  'users.audit': AuditRow
  'users.signing_keys': SigningKeyRow
  'users.avatars': AvatarRow
  'users.mails': MailRow
  'users.mail_tokens': MailTokenRow
}
