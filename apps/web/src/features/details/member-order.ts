import type { User } from '@chatapp/protocol'
import type { Roles } from '../../lib/chat/facts.ts'
import { folded } from '../../lib/text/folded.ts'

const RANKS = { owner: 0, admin: 1, member: 2 }

/** Owners, admins, members, each by name; with a query those of whom a name begins with it. */
export function memberOrder(members: Roles, people: Record<string, User>, query: string): string[] {
  const nameOf = (id: string) => people[id]?.displayName ?? ''
  return Object.values(members)
    .filter(({ userId }) => isNamed(people[userId], query))
    .sort((a, b) => RANKS[a.role] - RANKS[b.role] || compare(nameOf(a.userId), nameOf(b.userId)))
    .map(({ userId }) => userId)
}

const { compare } = new Intl.Collator()

function isNamed(person: User | undefined, query: string): boolean {
  const wanted = folded(query.trim())
  if (wanted === '') return true
  if (!person) return false
  const { displayName, username } = person
  return [...displayName.split(/\s+/), displayName, username].some((name) =>
    folded(name).startsWith(wanted),
  )
}
