import { EVERYONE_NAME, type TextMessage } from '@chatapp/protocol'
import type { ConversationRow } from '../db/schema.ts'
import { EVERYONE_ID } from '../everyone.ts'
import type { People, Unanswered } from '../people.ts'

/** Whom a text calls. */
export interface Called {
  userIds: string[]
  everyone: boolean
}

type Mentions = Pick<TextMessage, 'mentions' | 'mentionsAll'>

/** By name; names that nobody has are left out. */
type Named = ReadonlyMap<string, string | Unanswered>

export function findNamed(people: Pick<People, 'lookUpNames'>, names: string[]): Promise<Named> {
  return people.lookUpNames(names.filter((name) => name !== EVERYONE_NAME))
}

/** Whom these names call, whether members or not. */
export function calledBy(names: string[], named: Named): Called | Unanswered {
  const ids = new Set(names.flatMap((name) => named.get(name) ?? []))
  if (ids.has('unanswered')) return 'unanswered'
  return { userIds: [...ids], everyone: names.includes(EVERYONE_NAME) }
}

/** In a direct conversation "all" are the two who talk: it calls nobody. */
export function mentionsOf(
  userIds: string[],
  { everyone }: Called,
  kind: ConversationRow['kind'],
): Mentions {
  return { mentions: userIds, ...(everyone && kind === 'group' && { mentionsAll: true }) }
}

/** Null, like most messages have it, where nobody is called. */
export function toStoredMentions({ mentions, mentionsAll }: Mentions): string[] | null {
  const stored = mentionsAll ? [...mentions, EVERYONE_ID] : mentions
  return stored.length > 0 ? stored : null
}

export function fromStoredMentions(stored: string[] | null): Mentions {
  if (!stored?.includes(EVERYONE_ID)) return { mentions: stored ?? [] }
  return { mentions: stored.filter((id) => id !== EVERYONE_ID), mentionsAll: true }
}
