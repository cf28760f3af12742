import type { OwnUser, Profile, User } from '@chatapp/protocol'
import type { UserRow } from '../db/schema.ts'

export type ProfileRow = Pick<
  UserRow,
  'id' | 'username' | 'display_name' | 'avatar' | 'bio' | 'is_bot'
>

export function presentUser(row: ProfileRow): User {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    avatarUrl: row.avatar && `/api/avatars/${row.avatar}`,
    bio: row.bio,
    ...(row.is_bot && { isBot: true }),
  }
}

export type KnownRow = ProfileRow & Pick<UserRow, 'preferences' | 'is_admin'>

export function presentProfile(row: KnownRow): Profile {
  return { user: presentUser(row), hidesReads: hidesReads(row), isAdmin: row.is_admin }
}

/** Whoever has said nothing about it lets it be known. */
export function hidesReads({ preferences }: Pick<UserRow, 'preferences'>): boolean {
  return preferences.readReceipts === false
}

export function presentOwnUser(row: UserRow): OwnUser {
  return {
    ...presentUser(row),
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    createdAt: row.created_at.toISOString(),
    preferences: row.preferences,
    ...(row.is_admin && { isAdmin: true }),
  }
}
