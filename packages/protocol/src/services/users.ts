import type { User } from '../shapes.ts'

/** A user as other services know them. */
export interface Profile {
  user: User
  /** Nobody is to learn what they have read, nor they what others have. */
  hidesReads: boolean
  /** Of this installation. */
  isAdmin: boolean
}

/** A public key as in RFC 8037, with its `kid`. */
export interface PublicKey {
  kid: string
  kty: string
  crv: string
  x: string
}

/** What a mail about an account is for. */
export type AccountMailKind = 'password-reset' | 'email-verification' | 'email-changed'

/** A mail about an account that somebody is to get. */
export interface MailOrder {
  id: string
  userId: string
  kind: AccountMailKind
  /** ISO 8601; later it is of no use. */
  expiresAt: string
}

/** Where somebody gets mail, and how they are addressed. */
export interface Mailbox {
  userId: string
  address: string
  username: string
  displayName: string
  /** As in the preferences; null: they have chosen none. */
  language: string | null
}

export interface AccountMail {
  mailbox: Mailbox
  /** What its link holds; null where nothing is to be done. */
  token: string | null
}

/** What the users service answers to other services. */
export interface UsersApi {
  /** Unknown ids are left out. */
  profiles(userIds: string[]): Promise<Profile[]>
  /** Lower-case usernames with their user ids; unknown names are left out. */
  idsByUsername(usernames: string[]): Promise<[username: string, userId: string][]>
  /** Ordered and not yet taken, the oldest first. */
  waitingMails(): Promise<MailOrder[]>
  /** Whoever sends mail has written these down. */
  mailsTaken(ids: string[]): Promise<void>
  /** For each try to send it, with a token of its own; null when nobody wants it any more. */
  openMail(id: string): Promise<AccountMail | null>
  /** Of those whose address is verified. */
  mailboxes(userIds: string[]): Promise<Mailbox[]>
  signingKeys(): Promise<PublicKey[]>
  /** Sessions ended so recently that an access token of theirs could still be unexpired. */
  endedSessions(): Promise<string[]>
  /** Those of them that go on. */
  liveSessions(sessionIds: string[]): Promise<string[]>
}
