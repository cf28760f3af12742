import type { Queries } from '@chatapp/service-kit'
import type { MessageRow, OutboxRow } from '../db/schema.ts'
import { changedMessages } from '../log/changed-messages.ts'

/** The texts that these rows of the outbox are about, as they are now. */
export function readChanged(sql: Queries, rows: OutboxRow[]): PromiseLike<MessageRow[]> {
  return sql<MessageRow[]>`
    select m.* from ${changedMessages(sql, rows)} where m.kind = 'text'`
}

/** A place in the order of the key. */
export interface Mark {
  conversation_id: string
  position: number
}

export const BEFORE_ALL: Mark = {
  conversation_id: '00000000-0000-0000-0000-000000000000',
  position: 0,
}

/** The next messages of every kind behind a mark. */
export function readBehind(sql: Queries, mark: Mark, limit: number): PromiseLike<MessageRow[]> {
  return sql<MessageRow[]>`
    select * from messages.messages
    where (conversation_id, position) > (${mark.conversation_id}::uuid, ${mark.position}::int)
    order by conversation_id, position limit ${limit}`
}
