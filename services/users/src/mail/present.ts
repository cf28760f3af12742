import type { Mailbox, MailOrder } from '@chatapp/protocol'
import type { MailRow } from '../db/schema.ts'
import type { MailboxRow } from './queries.ts'

export const presentOrder = ({ id, user_id: userId, kind, expires_at }: MailRow): MailOrder => ({
  ...{ id, userId, kind },
  expiresAt: expires_at.toISOString(),
})

export function presentMailbox(row: MailboxRow): Mailbox {
  return {
    userId: row.id,
    address: row.email ?? '',
    username: row.username,
    displayName: row.display_name,
    language: row.preferences.language ?? null,
  }
}
