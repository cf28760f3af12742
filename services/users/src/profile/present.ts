import type { OwnUser, Profile, User } from '@chatapp/protocol'
import type { UserRow } from '../db/schema.ts'

export type ProfileRow = Pick<UserRow, 'id' | 'username' | 'display_name' | 'avatar' | 'bio'>

export function presentUser(row: ProfileRow): User {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    avatarUrl: row.avatar && `/api/avatars/${row.avatar}`,
    bio: row.bio,
  }
}

export function presentProfile(row: ProfileRow & Pick<UserRow, 'preferences'>): Profile {
  return { user: presentUser(row), hidesReads: hidesReads(row) }
}

/** Whoever has said nothing about it lets it be known. */
export function hidesReads({ preferences }: Pick<UserRow, 'preferences'>): boolean {
  return preferences.readReceipts === false
}

export function presentOwnUser(row: UserRow): OwnUser {
  return {
    ...presentUser(row),
    email: row.email,
    createdAt: row.created_at.toISOString(),
    preferences: row.preferences,
  }
}
