import type { NotificationChange } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { isToBeToldLater } from './policy.ts'
import { insertMissing, markSeen } from './queries.ts'

/** Whom a message may have missed; whether it did shows when they stay away and it stays unread. */
export async function expectReaders(
  { sql, now }: Pick<Context, 'sql' | 'now'>,
  changes: NotificationChange[],
): Promise<void> {
  const at = now()
  await insertMissing(sql, findMissing(changes, at), at)
  const readers = changes.flatMap((change) => (change.type === 'read' ? [change.userId] : []))
  await markSeen(
    sql,
    [...new Set(readers)].map((userId) => ({ userId, at: new Date(at) })),
  )
}

function findMissing(changes: NotificationChange[], now: number) {
  const since = new Map<string, number>()
  for (const message of changes.filter((change) => change.type === 'message')) {
    const sentAt = Math.min(Date.parse(message.sentAt), now)
    for (const addressee of message.addressees) {
      if (!isToBeToldLater(message, addressee, now)) continue
      since.set(addressee.userId, Math.min(sentAt, since.get(addressee.userId) ?? Infinity))
    }
  }
  return [...since].map(([userId, at]) => ({ userId, since: new Date(at) }))
}
