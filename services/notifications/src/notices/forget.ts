import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'

const EVERY_MS = 3_600_000
/** Long enough to ask why something was not told. */
const KEPT_FOR_MS = 14 * 24 * 3_600_000

export async function forgetOld({ sql, log, now }: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const before = new Date(now() - KEPT_FOR_MS)
    await Promise.all([
      sql`delete from notifications.notices where decided_at < ${before}`,
      sql`delete from notifications.old_news where told_at < ${before}`,
      sql`delete from notifications.deliveries where at < ${before}`,
      sql`delete from notifications.mails where ended_at < ${before}`,
      sql`delete from notifications.topics where state = 'shown' and next_at < ${before}`,
    ]).catch((error) => log.warn({ err: error }, 'old notices were not deleted'))
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
