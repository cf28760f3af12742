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

/** What the users service answers to other services. */
export interface UsersApi {
  /** Unknown ids are left out. */
  profiles(userIds: string[]): Promise<Profile[]>
  /** Lower-case usernames with their user ids; unknown names are left out. */
  idsByUsername(usernames: string[]): Promise<[username: string, userId: string][]>
  signingKeys(): Promise<PublicKey[]>
  /** Sessions ended so recently that an access token of theirs could still be unexpired. */
  endedSessions(): Promise<string[]>
}
