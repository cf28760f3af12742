import type { Context } from '../context.ts'
import { deleteTaken, SEARCH, takeWaiting } from '../log/outbox.ts'
import { repeat } from '../repeat.ts'
import { documentsOf } from './document.ts'
import { readChanged } from './log-reader.ts'
import { storeDocuments } from './postgres/store.ts'

/** A new message is found within a second: so often it is looked for one. */
const LOOK_EVERY_MS = 200
/** People soon expect to find what they sent meanwhile. */
const PAUSE_MAX_MS = 1_000
/** A round of 200 rows keeps the process, and the database, from messages for up to 60 ms. */
const TAKING = { consumer: SEARCH, rowsMax: 50, changesMax: 2_000 }

interface IndexerOptions {
  isSending: () => boolean
  signal: AbortSignal
}

/** Follows the log through the outbox: what one round or a crash leaves, the next round takes. */
export function runIndexer(context: Context, { isSending, signal }: IndexerOptions): Promise<void> {
  return repeat(
    { everyMs: LOOK_EVERY_MS, pauseMaxMs: PAUSE_MAX_MS, isSending, signal },
    () => indexOnce(context),
    (error) => context.log.warn({ err: error }, 'the search index was not brought up to date'),
  )
}

/** In one transaction: whoever dies in the middle of it leaves the rows to the next one. */
async function indexOnce(context: Context): Promise<'more' | 'none'> {
  return context.indexing.begin(async (trx) => {
    const { rows, isMore } = await takeWaiting(trx, TAKING)
    if (rows.length === 0) return 'none'
    await storeDocuments(context, trx, await documentsOf(await readChanged(trx, rows)))
    await deleteTaken(trx, SEARCH, rows)
    return isMore ? 'more' : 'none'
  })
}
