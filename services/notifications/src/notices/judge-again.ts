import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { findUnseen, forgetUnseen, type Lost, takeUnseen } from '../screens/queries.ts'
import { judge } from './judge.ts'
import { forgetNotices, storeNotices } from './store.ts'

/** What was on its way to a screen when its connection broke was not seen either. */
const IN_FLIGHT_MS = 1_000
const FORGET_EVERY_MS = 60_000

/**
 * Until the signal: a message that was taken to be on a screen, which was dead by then, is judged
 * again. Whether a screen is dead shows half a minute later only.
 */
export async function judgeAgain(context: Context, signal: AbortSignal): Promise<void> {
  const { bus, log, now } = context
  const underWay = new Set<Promise<void>>()
  const news = bus.subscribe('focus', (event) => {
    if (event.type !== 'lost') return
    const { userId, conversationId } = event
    const since = now() - event.silentMs - IN_FLIGHT_MS
    const work = judgeLost(context, { userId, conversationId, since })
      .catch((error) =>
        log.warn({ err: error }, 'what a dead screen had shown was not judged again'),
      )
      .finally(() => underWay.delete(work))
    underWay.add(work)
  })
  while (!signal.aborted) {
    await forgetUnseen(context.sql, now()).catch((error) =>
      log.warn({ err: error }, 'what was on screens was not forgotten'),
    )
    await sleep(FORGET_EVERY_MS, undefined, { signal }).catch(() => {})
  }
  news.unsubscribe()
  await Promise.all(underWay)
}

/** Another screen may show it: then it is left to that one. */
async function judgeLost(context: Context, lost: Lost): Promise<void> {
  const { sql, screens, meters, now } = context
  if (screens.shows(lost.userId, lost.conversationId)) return
  const unseen = await findUnseen(sql, lost)
  if (unseen.length === 0) return
  const judged = await judge(context, unseen)
  await sql.begin(async (trx) => {
    const positions = unseen.map(({ position }) => position)
    const taken = await takeUnseen(trx, lost, positions)
    await forgetNotices(trx, { ...lost, positions: [...taken], reason: 'on-screen' })
    const mine = judged.filter(({ message }) => taken.has(message.position))
    for (const { decision } of await storeNotices(trx, mine, now())) meters.decided(decision)
  })
}
