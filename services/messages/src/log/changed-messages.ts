import type { Queries } from '@chatapp/service-kit'
import type { OutboxRow } from '../db/schema.ts'

/**
 * For `from`: the messages `m` between the versions that these rows of the outbox name, as they are
 * now. PostgreSQL can't know how few there are, and would rather read all messages of everybody:
 * `offset 0` makes it look for each row's own.
 */
export const changedMessages = (sql: Queries, rows: OutboxRow[]) => sql`
  ${changes(sql, rows)} cross join lateral (
    select * from messages.messages
    where conversation_id = changed.id and version > changed.after and version <= changed.up_to
    offset 0
  ) m`

/** For `from`: what the rows name, as `changed`. */
export const changes = (sql: Queries, rows: OutboxRow[]) => sql`
  unnest(${rows.flatMap((row) => row.conversation_ids)}::uuid[],
    ${rows.flatMap((row) => row.from_versions)}::int[], ${rows.flatMap((row) => row.to_versions)}::int[]
  ) as changed (id, after, up_to)`
