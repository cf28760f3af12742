import type { Device, QueryOf, routes } from '@chatapp/protocol'
import type { Caller } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { cutPage, decodeCursor, type Page } from '../cursor.ts'
import { presentDevice } from './present.ts'
import { findLiveSessions } from './queries.ts'

const ID_CURSOR = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export async function listSessions(
  { sql, now }: Context,
  { userId, sessionId }: Caller,
  { limit, cursor }: QueryOf<typeof routes.listSessions>,
): Promise<Page<Device>> {
  const before = decodeCursor(cursor, ID_CURSOR)
  const rows = await findLiveSessions(sql, { userId, at: now(), limit, before })
  const page = cutPage(rows, limit, (row) => row.id)
  return { ...page, items: page.items.map((row) => presentDevice(row, sessionId)) }
}
