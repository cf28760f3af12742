import { createId, type Queries } from '@chatapp/service-kit'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database, OutboxRow } from '../db/schema.ts'

/** Who reads the outbox; `live` announces to sockets what a crash left unannounced. */
export const LIVE = 'live'
/** … `search` keeps the index in PostgreSQL … */
export const SEARCH = 'search'
/** … `engine` the one in a search engine, where there is one … */
export const ENGINE = 'engine'
/** … `notifications` tells those who are not looking … */
export const NOTIFICATIONS = 'notifications'
/** … and `webhooks` tells other programs. */
export const WEBHOOKS = 'webhooks'

/** The versions of one conversation that one transaction made. */
export interface Advance {
  conversationId: string
  fromVersion: number
  toVersion: number
}

/** Remembers which rows are done with, so that they can be deleted in passing. */
export interface Outbox {
  /** Who has to learn of every change. */
  consumers: readonly string[]
  done(id: string): void
  takeDone(): string[]
}

export function createOutbox(consumers: readonly string[]): Outbox {
  let finished: string[] = []
  return {
    consumers,
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
  { outbox, now }: { outbox: Outbox; now: number },
): Promise<string> {
  const id = createId(now)
  await trx
    .insertInto('messages.outbox')
    .values(
      outbox.consumers.map((consumer) => ({
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

/** Who has how much to do still. */
export async function findLags(
  db: Kysely<Database>,
  consumers: readonly string[],
): Promise<{ consumer: string; count: number; oldest: Date }[]> {
  const { rows } = await sql<{ consumer: string; count: number; oldest: Date }>`
    select coalesce(o.consumer, c.consumer) as consumer, count(o.id)::int as count,
      coalesce(min(o.created_at), now()) as oldest
    from unnest(${consumers}::text[]) as c (consumer) full join messages.outbox o on o.consumer = c.consumer
    group by 1`.execute(db)
  return rows
}

/** Of the outbox in one transaction; the rows are the transaction's until it ends. */
export interface Taking {
  consumer: string
  rowsMax: number
  changesMax: number
}

export interface Taken {
  rows: OutboxRow[]
  isMore: boolean
}

/** What waits for the consumer and no other transaction has, in order. */
export async function takeWaiting(trx: Queries, taking: Taking): Promise<Taken> {
  const { consumer, rowsMax, changesMax } = taking
  const waiting = await trx<OutboxRow[]>`
    select * from messages.outbox where consumer = ${consumer}
    order by id limit ${rowsMax} for update skip locked`
  const rows = takeUpTo(waiting, changesMax)
  return { rows, isMore: rows.length < waiting.length || waiting.length === rowsMax }
}

export async function deleteTaken(
  trx: Queries,
  consumer: string,
  rows: OutboxRow[],
): Promise<void> {
  await trx`
    delete from messages.outbox
    where consumer = ${consumer} and id = any(${rows.map((row) => row.id)}::uuid[])`
}

/** The first rows whose changes are not too many together; at least one. */
function takeUpTo(rows: OutboxRow[], changesMax: number): OutboxRow[] {
  let changes = 0
  const end = rows.findIndex((row, i) => {
    row.to_versions.forEach((to, j) => {
      changes += to - (row.from_versions[j] ?? to)
    })
    return i > 0 && changes > changesMax
  })
  return end === -1 ? rows : rows.slice(0, end)
}
