import type { Hook } from '@chatapp/protocol'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { getHook } from './policy.ts'
import { presentHook } from './present.ts'
import { findHooks, markDeleted } from './queries.ts'

interface Wanted {
  conversationId?: string | undefined
  limit: number
  cursor?: string | undefined
}

export async function listHooks(
  { sql }: Context,
  { conversationId, limit, cursor }: Wanted,
): Promise<{ items: Hook[]; next: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(z.uuid(), cursor)
  const rows = await findHooks(sql, { conversationId: conversationId ?? null, limit, after })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(presentHook), next: last ? writeCursor(last.id) : null }
}

export async function deleteHook(context: Context, id: string): Promise<undefined> {
  const hook = await getHook(context, id)
  await markDeleted(context.sql, hook.id, new Date(context.now()))
}
