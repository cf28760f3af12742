import { EVERYONE_NAME, namesIn, type TextMessage, type UsersApi } from '@chatapp/protocol'
import type { ConversationRow } from '../db/schema.ts'
import { EVERYONE_ID } from '../everyone.ts'

/** Whom a text calls. */
export interface Called {
  userIds: string[]
  everyone: boolean
}

export const NOBODY: Called = { userIds: [], everyone: false }

type Mentions = Pick<TextMessage, 'mentions' | 'mentionsAll'>

/** Who is called by name in each of the texts, whether a member or not. */
export async function findCalled(
  users: Pick<UsersApi, 'idsByUsername'>,
  texts: string[],
): Promise<Called[]> {
  const names = texts.map(namesIn)
  const people = names.map((own) => own.filter((name) => name !== EVERYONE_NAME))
  const all = [...new Set(people.flat())]
  const ids = new Map(all.length > 0 ? await users.idsByUsername(all) : [])
  return people.map((own, i) => ({
    userIds: [...new Set(own.flatMap((name) => ids.get(name) ?? []))],
    everyone: names[i]?.includes(EVERYONE_NAME) ?? false,
  }))
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
