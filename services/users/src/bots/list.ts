import type { QueryOf, routes, User } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { cutPage, decodeCursor, type Page } from '../cursor.ts'
import { presentUser } from '../profile/present.ts'
import { findBots } from './queries.ts'

const ID_CURSOR = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export async function listBots(
  { sql }: Pick<Context, 'sql'>,
  { limit, cursor }: QueryOf<typeof routes.listBots>,
): Promise<Page<User>> {
  const rows = await findBots(sql, { limit, after: decodeCursor(cursor, ID_CURSOR) })
  const page = cutPage(rows, limit, (row) => row.id)
  return { ...page, items: page.items.map(presentUser) }
}
