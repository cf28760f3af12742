import { findLastEntry, findResetsBetween } from '../audit/queries.ts'
import type { Context } from '../context.ts'

/** Entries that were committed out of order, a few of which the last look may have missed. */
const LOOK_BACK_ENTRIES = 100

/**
 * Lifts the limit on guesses here when an operator's command, a process of its own, has reset a
 * password: the person is to get in at once.
 */
export function createResetsRelay(ctx: Context): () => Promise<void> {
  let from: number | undefined
  let told = new Set<number>()
  return async () => {
    const last = await findLastEntry(ctx.sql)
    const resets = await findResetsBetween(ctx.sql, (from ?? last) - LOOK_BACK_ENTRIES, last)
    // What was reset before we started is no news.
    const fresh = from === undefined ? [] : resets.filter(({ id }) => !told.has(id))
    for (const { username } of fresh) await ctx.limits.signInsOfAccount.forgive(username)
    told = new Set(resets.map(({ id }) => id))
    from = last
  }
}
