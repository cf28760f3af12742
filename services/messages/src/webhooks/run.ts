import type { Context } from '../context.ts'
import { repeat } from '../repeat.ts'
import { beginDeliveries } from './deliver.ts'
import { feedWebhooks } from './feed.ts'
import { forgetFailed } from './queue.ts'

const LOOK_EVERY_MS = 200
const FORGET_EVERY_MS = 3_600_000

/** Finds events and delivers them until the signal; resolves when nothing is under way any more. */
export async function runWebhooks(context: Context, signal: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const warn = (what: string) => (error: unknown) => context.log.warn({ err: error }, what)
  await Promise.all([
    repeat(
      { everyMs: LOOK_EVERY_MS, signal },
      () => feedWebhooks(context),
      warn('webhooks are not told the news'),
    ),
    repeat(
      { everyMs: LOOK_EVERY_MS, signal },
      () => beginDeliveries(context, underWay),
      warn('the queue of webhooks was not read'),
    ),
    repeat(
      { everyMs: FORGET_EVERY_MS, signal },
      async () => {
        await forgetFailed(context.sql, context.now())
        return 'none'
      },
      warn('old events of webhooks were not deleted'),
    ),
  ])
  await Promise.all(underWay)
}
