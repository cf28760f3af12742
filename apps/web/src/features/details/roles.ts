import type { Role } from '@chatapp/protocol'

/** What the server would allow; it has the last word. */
export function isModerator(role: Role): boolean {
  return role !== 'member'
}

/** The roles that one may give another person now. */
export function rolesToGive(mine: Role, theirs: Role): Role[] {
  if (!isModerator(mine)) return []
  if (mine === 'owner') return (['owner', 'admin', 'member'] as const).filter((r) => r !== theirs)
  if (theirs === 'owner') return []
  return (['admin', 'member'] as const).filter((role) => role !== theirs)
}

export function mayRemove(mine: Role, theirs: Role): boolean {
  return isModerator(mine) && (theirs !== 'owner' || mine === 'owner')
}
