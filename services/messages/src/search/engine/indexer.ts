import { deleteTaken, ENGINE, takeWaiting } from '../../log/outbox.ts'
import { repeat } from '../../repeat.ts'
import { documentsOf } from '../document.ts'
import { readChanged } from '../log-reader.ts'
import type { Engine } from './engine.ts'
import { isSuperseded, listIndexes, writtenTo } from './indexes.ts'
import { store } from './store.ts'

/** Waiting until they can be found takes up to a second, for one as for thousands. */
const TAKING = { consumer: ENGINE, rowsMax: 1_000, changesMax: 5_000 }
/** Resting between rounds is limited in time: while people send, each does little. */
const TAKING_WHILE_SENDING = { consumer: ENGINE, rowsMax: 200, changesMax: 1_000 }
const LOOK_EVERY_MS = 200

export interface Surroundings {
  isSending: () => boolean
  signal: AbortSignal
}

/** Follows the log through the outbox: what one round or a crash leaves, the next round takes. */
export function runEngineIndexer(
  engine: Engine,
  { isSending, signal }: Surroundings,
): Promise<void> {
  let left: 'more' | 'none' = 'none'
  return repeat(
    // Who is up to date waits for the engine rather than works: that need not rest.
    { everyMs: LOOK_EVERY_MS, isSending: () => left === 'more' && isSending(), signal },
    async () => {
      left = await indexOnce(engine, { isSending, signal })
      return left
    },
    (error) => engine.log.warn({ err: error }, 'the search engine was not brought up to date'),
  )
}

/**
 * Rows are done with only when searches find what they are about. Whoever dies in the middle of it
 * leaves them to the next one; done twice is done once, because of the versions.
 */
async function indexOnce(
  engine: Engine,
  { isSending, signal }: Surroundings,
): Promise<'more' | 'none'> {
  return engine.sql.begin(async (sql) => {
    const taking = isSending() ? TAKING_WHILE_SENDING : TAKING
    const { rows, isMore } = await takeWaiting(sql, taking)
    // Looked at after the rows: an index that is not among them reads these changes when it is built.
    const known = await listIndexes(sql)
    const indexes = writtenTo(known).map(({ name }) => name)
    if (rows.length === 0 || indexes.length === 0 || isSuperseded(known)) return 'none'
    const documents = await documentsOf(await readChanged(sql, rows))
    await store({ engine, sql }, documents, { indexes, until: 'searchable', signal })
    await deleteTaken(sql, ENGINE, rows)
    return isMore ? 'more' : 'none'
  })
}
