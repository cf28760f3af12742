import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import type { OutboxRow } from '../db/schema.ts'
import { SEARCH, takeUpTo } from '../log/outbox.ts'
import { documentOf } from './document.ts'
import { readChanged } from './log-reader.ts'
import { storeDocuments } from './postgres/store.ts'

/** A new message is found within a second: so often it is looked for one. */
const LOOK_EVERY_MS = 200
const ROWS_A_ROUND = 200
const CHANGES_A_ROUND = 2_000
/** While people send, sending has the processor: of ten parts the index takes one. */
const REST_WHILE_SENDING = 9
/** A round that had to wait for something has not worked all that time. */
const REST_MAX_MS = 2_000

interface IndexerOptions {
  isSending: () => boolean
  signal: AbortSignal
}

/** Follows the log through the outbox: what one round or a crash leaves, the next round takes. */
export async function runIndexer(
  context: Context,
  { isSending, signal }: IndexerOptions,
): Promise<void> {
  while (!signal.aborted) {
    const startedAt = performance.now()
    const left = await indexOnce(context).catch((error) => {
      context.log.warn({ err: error }, 'the search index was not brought up to date')
      return 'none' as const
    })
    const rest = isSending() ? (performance.now() - startedAt) * REST_WHILE_SENDING : 0
    const wait = left === 'more' ? 0 : LOOK_EVERY_MS
    const pause = Math.max(Math.min(rest, REST_MAX_MS), wait)
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
}

/** In one transaction: whoever dies in the middle of it leaves the rows to the next one. */
async function indexOnce(context: Context): Promise<'more' | 'none'> {
  return context.indexing.begin(async (trx) => {
    const rows = await trx<OutboxRow[]>`
      select * from messages.outbox where consumer = ${SEARCH}
      order by id limit ${ROWS_A_ROUND} for update skip locked`
    const taken = takeUpTo(rows, CHANGES_A_ROUND)
    if (taken.length === 0) return 'none'
    await storeDocuments(context, trx, (await readChanged(trx, taken)).map(documentOf))
    await trx`
      delete from messages.outbox
      where consumer = ${SEARCH} and id = any(${taken.map((row) => row.id)}::uuid[])`
    return taken.length < rows.length || rows.length === ROWS_A_ROUND ? 'more' : 'none'
  })
}
