import { invalidField, type QueryOf, type routes, type User } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { cutPage, decodeCursor, type Page } from '../cursor.ts'
import { toNameKey } from './name-keys.ts'
import { NAME_CURSOR } from './policy.ts'
import { presentUser } from './present.ts'
import { searchProfiles } from './queries.ts'

/** People by the beginning of a name, in the order of their usernames. */
export async function findPeople(
  { sql }: Context,
  { query, cursor, limit }: QueryOf<typeof routes.findUsers>,
): Promise<Page<User>> {
  if (query.includes('\0') || !query.isWellFormed()) {
    throw invalidField('query', 'must be well-formed text')
  }
  const after = decodeCursor(cursor, NAME_CURSOR)
  const rows = await searchProfiles(sql, { prefix: toNameKey(query), after, limit })
  const page = cutPage(rows, limit, (row) => row.username.toLowerCase())
  return { ...page, items: page.items.map(presentUser) }
}
