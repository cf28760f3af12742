import type { Migration } from '@chatapp/service-kit'
import { type Kysely, sql } from 'kysely'

/** Fixed for good: another number means moving every row again. See docs/decisions. */
const PARTITIONS = 4

/**
 * Moves all messages into hash partitions. One transaction under one lock: who reads or sends
 * meanwhile is refused for now, and a stop in the middle leaves everything as it was.
 */
export const partitions: Migration = {
  async up(db) {
    await run(db, 'lock table messages.messages in access exclusive mode')
    const view = await takeView(db)
    await run(db, 'alter table messages.messages rename to messages_whole')
    await makePartitions(db)
    await run(db, 'insert into messages.messages select * from messages.messages_whole')
    await run(db, 'drop table messages.messages_whole')
    for (const statement of [...KEYS, `create view messages.message_status as ${view}`])
      await run(db, statement)
    // Of a partitioned table as a whole, autovacuum makes no statistics.
    await run(db, 'analyze messages.messages')
  },
}

const run = (db: Kysely<unknown>, statement: string) => sql.raw(statement).execute(db)

/** The view keeps to the table that it was made for, so it is made again as it is. */
async function takeView(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select pg_get_viewdef('messages.message_status'::regclass) as text`.execute(db)
  await run(db, 'drop view messages.message_status')
  return rows[0]?.text ?? ''
}

async function makePartitions(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    `create table messages.messages (like messages.messages_whole including defaults
      including constraints including storage) partition by hash (conversation_id)`,
  )
  for (let remainder = 0; remainder < PARTITIONS; remainder++) {
    await run(
      db,
      `create table messages.messages_${remainder} partition of messages.messages
        for values with (modulus ${PARTITIONS}, remainder ${remainder})`,
    )
  }
}

// After the rows: to build an index once is faster than to grow it.
const KEYS = [
  `alter table messages.messages add primary key (conversation_id, position)`,
  `create unique index messages_once on messages.messages (conversation_id, sender_id, client_id)`,
  `create index messages_changed on messages.messages (conversation_id, version)`,
  `create index messages_not_counted on messages.messages (conversation_id, position)
    where kind = 'system' or unsent_at is not null`,
]
