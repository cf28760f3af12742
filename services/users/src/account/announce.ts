import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { findUnannounced, markAnnounced } from './queries.ts'

const BATCH = 500
/** A registration waits no longer for the lobby; the account stands, and the loop goes on trying. */
const ANSWER_WITHIN_MS = 5_000

/** Lets messages take new users into the lobby. Twice does no harm. */
export async function announce(ctx: Context, userIds: string[]): Promise<void> {
  await inTime(ctx.messages.registered(userIds))
  await markAnnounced(ctx.sql, userIds, new Date(ctx.now()))
}

/** Announces whom a crash or an outage of messages left out. */
export async function announceLeftOver(ctx: Context): Promise<void> {
  for (;;) {
    const userIds = await findUnannounced(ctx.sql, BATCH)
    if (userIds.length === 0) return
    await announce(ctx, userIds)
  }
}

async function inTime(work: Promise<void>): Promise<void> {
  const answered = new AbortController()
  const tooLate = wait(ANSWER_WITHIN_MS, undefined, { signal: answered.signal }).then(() => {
    throw new Error('messages did not answer in time')
  })
  try {
    await Promise.race([work, tooLate])
  } finally {
    answered.abort()
  }
}
