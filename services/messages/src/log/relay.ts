import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { joinedSince } from './missed.ts'
import { deleteDone, LIVE } from './outbox.ts'
import { publishFrames, publishJoined } from './publish.ts'
import { framesBetween } from './replay.ts'

const EVERY_MS = 1_000
/** Younger rows belong to a process that is about to announce them itself. */
const LEFT_OVER_AFTER_MS = 10_000
const ROWS_A_ROUND = 100

/** Deletes what was announced and announces what a crash left unannounced. */
export async function runRelay(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await relayOnce(context).catch((error) =>
      context.log.warn({ err: error }, 'the outbox was not relayed'),
    )
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {})
  }
  await deleteDone(context.db, context.outbox.takeDone()).catch(() => {})
}

/** Announcing twice is harmless: versions tell the receivers what they have seen. */
async function relayOnce(context: Context): Promise<void> {
  await deleteDone(context.db, context.outbox.takeDone())
  const rows = await context.db
    .selectFrom('messages.outbox')
    .selectAll()
    .where('consumer', '=', LIVE)
    .where('created_at', '<', new Date(context.now() - LEFT_OVER_AFTER_MS))
    .orderBy('id')
    .limit(ROWS_A_ROUND)
    .execute()
  for (const row of rows) {
    for (const [i, conversationId] of row.conversation_ids.entries()) {
      const [from = 0, to = 0] = [row.from_versions[i], row.to_versions[i]]
      // Where nobody listens yet, frames reach nobody.
      publishJoined(context, await joinedSince(context, conversationId, from))
      publishFrames(context, await framesBetween(context, { conversationId, from, to }))
    }
  }
  await deleteDone(
    context.db,
    rows.map((row) => row.id),
  )
}
