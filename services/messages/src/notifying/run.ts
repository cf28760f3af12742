import { setTimeout as sleep } from 'node:timers/promises'
import type { Queries } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { OutboxRow } from '../db/schema.ts'
import { NOTIFICATIONS, takeUpTo } from '../log/outbox.ts'
import { addressAll } from './address.ts'
import { findLeft, findNews, findRewritten, NEWS_MAX, type News, rewritten } from './news.ts'
import { noteWords } from './note-words.ts'
import { deleteReads, findReads } from './queries.ts'

const LOOK_EVERY_MS = 200
const ROWS_A_ROUND = 50
const CHANGES_A_ROUND = 500
/** While people send, sending has the processor. */
const REST_WHILE_SENDING = 9
const REST_MAX_MS = 2_000
const BACK_OFF_MS = 1_000
/** Any number that nothing else of ours locks. */
const LOCK = 7_203_551

interface Surroundings {
  isSending: () => boolean
  signal: AbortSignal
}

/**
 * Tells the notifications service what happened, at least once and in order. While it can't be
 * reached all of it waits here.
 */
export async function runNotifying(
  context: Context,
  { isSending, signal }: Surroundings,
): Promise<void> {
  let last: keyof typeof PAUSE_MS = 'none'
  while (!signal.aborted) {
    const startedAt = performance.now()
    const before = last
    last = await tellOnce(context).catch((error) => {
      if (before !== 'failed' && !signal.aborted)
        context.log.warn({ err: error }, 'the notifications service is not told the news')
      return 'failed' as const
    })
    const rest = isSending() ? (performance.now() - startedAt) * REST_WHILE_SENDING : 0
    await sleep(Math.max(Math.min(rest, REST_MAX_MS), PAUSE_MS[last]), undefined, { signal }).catch(
      () => {},
    )
  }
}

const PAUSE_MS = { more: 0, none: LOOK_EVERY_MS, failed: BACK_OFF_MS }

/** One process at a time: what it has told is deleted in the transaction that holds the lock. */
async function tellOnce(context: Context): Promise<'more' | 'none'> {
  const [idle] = await context.notifying<{ is_idle: boolean }[]>`
    select not exists (select 1 from messages.outbox where consumer = ${NOTIFICATIONS})
      and not exists (select 1 from messages.reads_to_tell) as is_idle`
  if (idle?.is_idle) return 'none'
  return context.notifying.begin(async (trx) => {
    const [lock] = await trx<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${LOCK}) as taken`
    if (!lock?.taken) return 'none'
    const waiting = await trx<OutboxRow[]>`
      select * from messages.outbox where consumer = ${NOTIFICATIONS}
      order by id limit ${ROWS_A_ROUND}`
    const rows = takeUpTo(waiting, CHANGES_A_ROUND)
    const reads = await findReads(trx)
    const news = await findNews(trx, rows)
    const changed = await findRewritten(trx, rows)
    const texts = [...news, ...changed]
    const listeners = texts.length > 0 ? await context.notifications.waitingForWords() : []
    const changes = [
      ...(await addressAll(context, trx, { news, waiting: listeners })),
      ...changed.map(rewritten),
      ...(await findLeft(trx, rows)),
      ...news.map(readByWriting),
      ...reads.changes,
    ]
    if (changes.length > 0) await context.notifications.changed(changes)
    await noteWords(trx, { texts, waiting: listeners }, context.notifications)
    await remember(trx, news)
    // Where there was more of one conversation than fits, its rows lead to the rest.
    if (news.length < NEWS_MAX) await deleteTold(trx, rows)
    await deleteReads(trx, reads)
    return 'more'
  })
}

/** Whoever writes has read what was before. */
const readByWriting = ({ conversation_id: conversationId, position, sender_id: userId }: News) => ({
  type: 'read' as const,
  ...{ conversationId, position, userId },
})

async function remember(sql: Queries, news: News[]): Promise<void> {
  const last = new Map(news.map((one) => [one.conversation_id, one.position]))
  await sql`
    insert into messages.notified (conversation_id, position)
    select * from unnest(${[...last.keys()]}::uuid[], ${[...last.values()]}::int[])
    on conflict (conversation_id) do update
      set position = greatest(notified.position, excluded.position)`
}

async function deleteTold(sql: Queries, rows: OutboxRow[]): Promise<void> {
  await sql`
    delete from messages.outbox
    where consumer = ${NOTIFICATIONS} and id = any(${rows.map((row) => row.id)}::uuid[])`
}
