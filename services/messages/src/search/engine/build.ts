import type { Queries } from '@chatapp/service-kit'
import type { EngineIndexRow } from '../../db/schema.ts'
import { documentsOf } from '../document.ts'
import { readBehind } from '../log-reader.ts'
import { statusOf } from './client.ts'
import type { Engine } from './engine.ts'
import { bodyOf, FORM, writeAliasOf } from './form.ts'
import { promote } from './indexes.ts'
import { store } from './store.ts'

const MESSAGES_A_STEP = 1_000

/** `none`: nothing is being built, or another process is at it. */
export type Step = 'more' | 'done' | 'none'

/**
 * Takes the next messages into the index that is being built, from where the last step ended. New
 * ones come in by the outbox meanwhile; the version tells who was later.
 */
export async function buildStep(engine: Engine, signal: AbortSignal): Promise<Step> {
  return engine.sql.begin(async (sql) => {
    const [build] = await sql<EngineIndexRow[]>`
      select * from messages.engine_indexes
      where state in ('planned', 'building') and form = ${FORM}
      for update skip locked`
    if (!build) return 'none'
    if (build.state === 'planned') return make(engine, sql, build.name)
    const rows = await readBehind(sql, build, MESSAGES_A_STEP)
    const documents = await documentsOf(rows.filter((row) => row.kind === 'text'))
    await store({ engine, sql }, documents, { indexes: [build.name], until: 'stored', signal })
    const last = rows.at(-1)
    if (last)
      await sql`
        update messages.engine_indexes
        set conversation_id = ${last.conversation_id}, position = ${last.position}
        where name = ${build.name}`
    if (rows.length === MESSAGES_A_STEP) return 'more'
    await finish(engine, sql, build.name)
    return 'done'
  })
}

/** Only once everybody knows that it is written to, it may be read from the log what is in it. */
async function make({ client, config }: Engine, sql: Queries, index: string): Promise<Step> {
  if (!(await client.indices.exists({ index })).body)
    await client.indices.create({ index, body: bodyOf(config.shards, writeAliasOf(index)) })
  await sql`update messages.engine_indexes set state = 'building' where name = ${index}`
  return 'more'
}

/** From one moment to the next everybody searches the new one; done again after a crash it is the same. */
async function finish({ client, config }: Engine, sql: Queries, index: string): Promise<void> {
  await client.indices.refresh({ index })
  const before = await holdersOf(client, config.index)
  await client.indices.updateAliases({
    body: {
      actions: [
        { add: { index, alias: config.index } },
        ...before
          .filter((name) => name !== index)
          .map((name) => ({ remove: { index: name, alias: config.index } })),
      ],
    },
  })
  await promote(sql, index)
}

/** Which indexes have the alias. */
async function holdersOf(client: Engine['client'], alias: string): Promise<string[]> {
  try {
    return Object.keys((await client.indices.getAlias({ name: alias })).body)
  } catch (error) {
    if (statusOf(error) === 404) return []
    throw error
  }
}

/** Deletes what nobody searches any more. */
export async function dropRetired({ client, sql }: Engine): Promise<void> {
  const retired = await sql<EngineIndexRow[]>`
    select * from messages.engine_indexes where state = 'retired'`
  for (const { name } of retired) {
    await deleteIndex(client, name)
    await sql`delete from messages.engine_indexes where name = ${name}`
  }
}

/** `ignore_unavailable` does not help when another process deletes it at the same moment. */
async function deleteIndex(client: Engine['client'], index: string): Promise<void> {
  try {
    await client.indices.delete({ index, ignore_unavailable: true })
  } catch (error) {
    if (statusOf(error) !== 404) throw error
  }
}
