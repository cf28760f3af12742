import type { NotificationChange } from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { deleteTaken, NOTIFICATIONS, takeWaiting } from '../log/outbox.ts'
import { repeat } from '../repeat.ts'
import { takeTurn } from '../turn.ts'
import { addressAll } from './address.ts'
import { findLeft, findNews, findRewritten, NEWS_MAX, type News, rewritten } from './news.ts'
import { noteWords } from './note-words.ts'
import { deleteReads, findReads } from './queries.ts'

const LOOK_EVERY_MS = 200
/** News are late soon: the service is asked often whether it is back. */
const PAUSE_MAX_MS = 1_000
/** More would keep messages waiting behind a round, and fewer make each dearer. */
const TAKING = { consumer: NOTIFICATIONS, rowsMax: 100, changesMax: 500 }
/** A tenth of the time is enough for some hundred messages a second. */
const BEHIND_MAX_MS = 10_000

interface Surroundings {
  isSending: () => boolean
  signal: AbortSignal
}

/**
 * Tells the notifications service what happened, at least once and in order. While it can't be
 * reached all of it waits here.
 */
export function runNotifying(context: Context, { isSending, signal }: Surroundings): Promise<void> {
  return repeat(
    {
      ...{ everyMs: LOOK_EVERY_MS, pauseMaxMs: PAUSE_MAX_MS, behindMaxMs: BEHIND_MAX_MS },
      ...{ isSending, signal },
    },
    () => tellOnce(context),
    (error) => context.log.warn({ err: error }, 'the notifications service is not told the news'),
  )
}

/** One process at a time: what it has told is deleted in the transaction that holds the lock. */
async function tellOnce(context: Context): Promise<'more' | 'none'> {
  const [idle] = await context.notifying<{ is_idle: boolean }[]>`
    select not exists (select 1 from messages.outbox where consumer = ${NOTIFICATIONS})
      and not exists (select 1 from messages.reads_to_tell) as is_idle`
  if (idle?.is_idle) return 'none'
  return context.notifying.begin(async (trx) => {
    if (!(await takeTurn(trx, 'notifying'))) return 'none'
    const { rows, isMore } = await takeWaiting(trx, TAKING)
    const reads = await findReads(trx)
    const news = await findNews(trx, rows)
    const changed = await findRewritten(trx, rows)
    const texts = [...news, ...changed]
    const listeners = texts.length > 0 ? await context.notifications.waitingForWords() : []
    const changes = [
      ...(await addressAll(context, trx, { news, waiting: listeners })),
      ...changed.map(rewritten),
      ...(await findLeft(trx, rows)),
      ...readByWriting(news),
      ...reads.changes,
    ]
    if (changes.length > 0) await context.notifications.changed(changes)
    await noteWords(trx, { texts, waiting: listeners }, context.notifications)
    await remember(trx, news)
    // Where there was more of one conversation than fits, its rows lead to the rest.
    const isCut = news.length === NEWS_MAX
    if (!isCut) await deleteTaken(trx, NOTIFICATIONS, rows)
    await deleteReads(trx, reads)
    // What comes while people send is told together: a call for every few would cost as much.
    return isMore || isCut || reads.areMore ? 'more' : 'none'
  })
}

/** Whoever writes has read what was before: the last that they wrote says it for all. */
function readByWriting(news: News[]): NotificationChange[] {
  const last = new Map(news.map((one) => [`${one.conversation_id} ${one.sender_id}`, one]))
  return [...last.values()].map((one) => ({
    type: 'read',
    conversationId: one.conversation_id,
    position: one.position,
    userId: one.sender_id,
  }))
}

async function remember(sql: Queries, news: News[]): Promise<void> {
  const last = new Map(news.map((one) => [one.conversation_id, one.position]))
  await sql`
    insert into messages.notified (conversation_id, position)
    select * from unnest(${[...last.keys()]}::uuid[], ${[...last.values()]}::int[])
    on conflict (conversation_id) do update
      set position = greatest(notified.position, excluded.position)`
}
