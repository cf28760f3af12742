import type { UserRow } from '../db/schema.ts'

/** A user as an operator sees them. */
export interface Account {
  id: string
  username: string
  displayName: string
  email: string | null
  createdAt: string
  deactivatedAt: string | null
  isAdmin: boolean
  isBot: boolean
}

export function presentAccount(row: UserRow): Account {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    email: row.email,
    createdAt: row.created_at.toISOString(),
    deactivatedAt: row.deactivated_at?.toISOString() ?? null,
    isAdmin: row.is_admin,
    isBot: row.is_bot,
  }
}
