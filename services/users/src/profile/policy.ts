import {
  type BodyOf,
  invalidField,
  type Preferences,
  preferencesSchema,
  type routes,
} from '@chatapp/protocol'
import type { UserRow } from '../db/schema.ts'
import { hidesReads } from './present.ts'

export type ProfileChanges = BodyOf<typeof routes.updateOwnUser>

/** A page of people goes on after a lower-case username. */
export const NAME_CURSOR = /^[a-z0-9._-]{3,32}$/

/** The row with the changes in it; what they leave out stays. */
export function applyChanges(row: UserRow, changes: ProfileChanges): UserRow {
  if (row.is_bot && changes.email)
    throw invalidField('email', 'must not be given: bots get no mail')
  return {
    ...row,
    display_name: changes.displayName ?? row.display_name,
    email: changes.email === undefined ? row.email : changes.email,
    email_verified_at: keepsEmail(row, changes) ? row.email_verified_at : null,
    bio: changes.bio ?? row.bio,
    preferences: mergePreferences(row.preferences, changes.preferences ?? {}),
  }
}

/** Another address has to be verified anew. */
export const keepsEmail = ({ email }: Pick<UserRow, 'email'>, changes: ProfileChanges): boolean =>
  changes.email === undefined || changes.email === email

/** True when others see a difference, or see less of what is read. */
export function isPublicChange(before: UserRow, after: UserRow): boolean {
  return (
    before.display_name !== after.display_name ||
    before.bio !== after.bio ||
    hidesReads(before) !== hidesReads(after)
  )
}

/** The bound is on what is kept, or many small changes would go past it. */
function mergePreferences(kept: Preferences, changes: Preferences): Preferences {
  if (!Object.entries(changes).flat().every(isStorable)) {
    throw invalidField('preferences', 'must be well-formed text')
  }
  const merged = preferencesSchema.safeParse({ ...kept, ...changes })
  if (!merged.success) {
    throw invalidField('preferences', 'must be at most 4096 characters of JSON together')
  }
  return merged.data
}

/** PostgreSQL's jsonb refuses U+0000 and lone surrogates. */
const isStorable = (part: unknown) =>
  typeof part !== 'string' || (part.isWellFormed() && !part.includes('\0'))
