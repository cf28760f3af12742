import type { OwnUser, User } from '@chatapp/protocol'
import type { UserRow } from '../db/schema.ts'

export type ProfileRow = Pick<UserRow, 'id' | 'username' | 'display_name' | 'bio'>

export function presentUser(row: ProfileRow): User {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    avatarUrl: null,
    bio: row.bio,
  }
}

export function presentOwnUser(row: UserRow): OwnUser {
  return {
    ...presentUser(row),
    email: row.email,
    createdAt: row.created_at.toISOString(),
    preferences: row.preferences,
  }
}
