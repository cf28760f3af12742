import { createId } from '@chatapp/service-kit'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'

/** Who reads the outbox; `live` announces to sockets what a crash left unannounced. */
export const LIVE = 'live'
/** … and `search` keeps the index. */
export const SEARCH = 'search'
export const CONSUMERS = [LIVE, SEARCH]

/** The versions of one conversation that one transaction made. */
export interface Advance {
  conversationId: string
  fromVersion: number
  toVersion: number
}

/** Remembers which rows are done with, so that they can be deleted in passing. */
export interface Outbox {
  done(id: string): void
  takeDone(): string[]
}

export function createOutbox(): Outbox {
  let finished: string[] = []
  return {
    done: (id) => void finished.push(id),
    takeDone() {
      const taken = finished
      finished = []
      return taken
    },
  }
}

/** Writes the change into the outbox, within its transaction. */
export async function recordAdvance(
  trx: Transaction<Database>,
  advance: Advance,
  now: number,
): Promise<string> {
  const id = createId(now)
  await trx
    .insertInto('messages.outbox')
    .values(
      CONSUMERS.map((consumer) => ({
        consumer,
        id,
        conversation_ids: [advance.conversationId],
        from_versions: [advance.fromVersion],
        to_versions: [advance.toVersion],
        created_at: new Date(now),
      })),
    )
    .execute()
  return id
}

export async function deleteDone(db: Kysely<Database>, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .deleteFrom('messages.outbox')
    .where('consumer', '=', LIVE)
    .where('id', 'in', ids)
    .execute()
}

/** Who has how much to do still; `live` is always among them. */
export async function findLags(
  db: Kysely<Database>,
): Promise<{ consumer: string; count: number; oldest: Date }[]> {
  const { rows } = await sql<{ consumer: string; count: number; oldest: Date }>`
    select coalesce(o.consumer, c.consumer) as consumer, count(o.id)::int as count,
      coalesce(min(o.created_at), now()) as oldest
    from (values (${LIVE})) as c (consumer) full join messages.outbox o on o.consumer = c.consumer
    group by 1`.execute(db)
  return rows
}
