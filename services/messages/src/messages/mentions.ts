import type { UsersApi } from '@chatapp/protocol'

const MENTION = /(?<![\p{L}\p{N}._-])@([A-Za-z0-9._-]{3,33})/gu
const MENTIONED_MAX = 50

/** Lower-case user names that a text may mention; "@bob." means bob as well as "bob.". */
export function namesIn(text: string): string[] {
  if (!text.includes('@')) return []
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(MENTION)) {
    const lower = name.toLowerCase()
    names.add(lower)
    names.add(lower.replace(/[._-]+$/, ''))
    if (names.size >= 2 * MENTIONED_MAX) break
  }
  return [...names].filter((name) => name.length >= 3 && name.length <= 32)
}

/** Who is called by name in each of the texts, whether a member or not. */
export async function findMentioned(
  users: Pick<UsersApi, 'idsByUsername'>,
  texts: string[],
): Promise<string[][]> {
  const names = texts.map(namesIn)
  const all = [...new Set(names.flat())]
  if (all.length === 0) return texts.map(() => [])
  const ids = await users.idsByUsername(all)
  return names.map((own) => [...new Set(own.flatMap((name) => ids[name] ?? []))])
}
