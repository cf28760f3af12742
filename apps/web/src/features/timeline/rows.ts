import type { Message } from '@chatapp/protocol'
import type { OutboxItem } from '@chatapp/sdk'
import type { Timeline } from '../../lib/chat/state.ts'
import { isSameDay } from '../../lib/time/time.ts'

export type Row =
  | { kind: 'day'; sentAt: string }
  | { kind: 'unread' }
  /** `isFirst`: of its author; the ones after it go without name and picture. */
  | { kind: 'message'; message: Message; isFirst: boolean; isMine: boolean }
  | { kind: 'pending'; item: OutboxItem; isFirst: boolean }

/** A second message by the same person within this time drops name and picture. */
const GROUP_MS = 5 * 60_000

/** What the list shows, from the oldest to what is not sent yet. */
export function rowsOf(timeline: Timeline, pending: OutboxItem[], selfId: string): Row[] {
  const rows: Row[] = []
  let before: Message | undefined
  let isDivided = false
  for (const message of timeline.messages) {
    const isMine = message.senderId === selfId
    if (!before || !isSameDay(before.sentAt, message.sentAt)) {
      rows.push({ kind: 'day', sentAt: message.sentAt })
    }
    const isNew = timeline.unreadFrom !== null && message.position >= timeline.unreadFrom
    const isDivider: boolean = isNew && !isDivided && !isMine && message.kind === 'text'
    if (isDivider) rows.push({ kind: 'unread' })
    isDivided ||= isDivider
    rows.push({ kind: 'message', message, isMine, isFirst: isDivider || isFirst(before, message) })
    before = message
  }
  for (const [index, item] of (timeline.after === null ? pending : []).entries()) {
    const follows = index > 0 || before?.senderId === selfId
    rows.push({ kind: 'pending', item, isFirst: !follows })
  }
  return rows
}

/** The same before and after the acknowledgement, so that the row stays the row. */
export function keyOf(row: Row): string {
  switch (row.kind) {
    case 'day':
      return `day ${row.sentAt.slice(0, 'yyyy-mm-dd'.length)}`
    case 'unread':
      return 'unread'
    case 'pending':
      return row.item.clientId
    case 'message':
      return row.isMine ? row.message.clientId : row.message.id
  }
}

function isFirst(before: Message | undefined, message: Message): boolean {
  if (!before || before.kind === 'system' || message.replyTo !== null) return true
  if (before.senderId !== message.senderId) return true
  if (!isSameDay(before.sentAt, message.sentAt)) return true
  return Date.parse(message.sentAt) - Date.parse(before.sentAt) > GROUP_MS
}
