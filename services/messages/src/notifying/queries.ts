import type { NotificationChange } from '@chatapp/protocol'
import { createId, type Queries } from '@chatapp/service-kit'
import type { ParticipantRow } from '../db/schema.ts'

type Cursor = Pick<ParticipantRow, 'conversation_id' | 'user_id' | 'read_position'>

const ROWS_A_ROUND = 50

/** One row for all who read something, written with their cursors. */
export async function recordReads(sql: Queries, cursors: Cursor[]): Promise<void> {
  if (cursors.length === 0) return
  await sql`
    insert into messages.reads_to_tell (id, conversation_ids, user_ids, positions) values (
      ${createId()}, ${cursors.map((c) => c.conversation_id)}::uuid[],
      ${cursors.map((c) => c.user_id)}::uuid[], ${cursors.map((c) => c.read_position)}::int[])`
}

export interface Reads {
  ids: string[]
  changes: NotificationChange[]
  areMore: boolean
}

export async function findReads(sql: Queries): Promise<Reads> {
  const rows = await sql<
    { id: string; conversation_ids: string[]; user_ids: string[]; positions: number[] }[]
  >`select * from messages.reads_to_tell order by id limit ${ROWS_A_ROUND}`
  const changes = rows.flatMap((row) =>
    row.conversation_ids.map((conversationId, i) => ({
      type: 'read' as const,
      conversationId,
      userId: row.user_ids[i] ?? '',
      position: row.positions[i] ?? 0,
    })),
  )
  return { ids: rows.map((row) => row.id), changes, areMore: rows.length === ROWS_A_ROUND }
}

export async function deleteReads(sql: Queries, { ids }: Reads): Promise<void> {
  if (ids.length > 0) await sql`delete from messages.reads_to_tell where id = any(${ids}::uuid[])`
}
