import { randomBytes } from 'node:crypto'
import type { Queries, Sql } from '@chatapp/service-kit'
import type { EngineIndexRow } from '../../db/schema.ts'
import { ENGINE } from '../../log/outbox.ts'
import { BEFORE_ALL } from '../log-reader.ts'
import type { Engine } from './engine.ts'
import { FORM } from './form.ts'

/** What we have in the engine is remembered here, so that all processes agree on it. */
export async function listIndexes(sql: Queries): Promise<EngineIndexRow[]> {
  return sql<EngineIndexRow[]>`select * from messages.engine_indexes order by name`
}

/** Where changes are written to: by processes that make the latest form, and by no others. */
export function writtenTo(indexes: EngineIndexRow[]): EngineIndexRow[] {
  return indexes.filter(
    ({ form, state }) => form === FORM && (state === 'building' || state === 'serving'),
  )
}

export const isSuperseded = (indexes: EngineIndexRow[]) => indexes.some(({ form }) => form > FORM)

/** Plans an index; when one of this form is being built already, nothing happens. */
export async function beginIndex({ sql, config }: Pick<Engine, 'sql' | 'config'>): Promise<void> {
  const name = `${config.index}-${FORM}-${randomBytes(4).toString('hex')}`
  await sql.begin(async (trx) => {
    await trx`
      update messages.engine_indexes set state = 'retired'
      where state in ('planned', 'building') and form < ${FORM}`
    await trx`
      insert into messages.engine_indexes (name, form, state, conversation_id, position, compared_at)
      values (${name}, ${FORM}, 'planned', ${BEFORE_ALL.conversation_id}, ${BEFORE_ALL.position}, now())
      on conflict do nothing`
  })
}

/** The engine does not have it any more. */
export async function forgetIndex(sql: Queries, name: string): Promise<void> {
  await sql`delete from messages.engine_indexes where name = ${name}`
}

/**
 * Without an engine nobody keeps its indexes: one that is configured again begins anew.
 */
export async function forgetEngine(sql: Sql): Promise<void> {
  await sql`delete from messages.engine_indexes`
  await sql`delete from messages.engine_refusals`
  await sql`delete from messages.outbox where consumer = ${ENGINE}`
}

/** What takes the alias over; the others go. */
export async function promote(sql: Queries, name: string): Promise<void> {
  await sql`update messages.engine_indexes set state = 'retired' where state = 'serving'`
  await sql`update messages.engine_indexes set state = 'serving', compared_at = now() where name = ${name}`
}
