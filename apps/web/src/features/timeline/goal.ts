import type { VirtualizerHandle } from 'virtua'
import type { Timeline } from '../../lib/chat/state.ts'
import { type Row, rowAt } from './rows.ts'

/** What the list is to show. */
export type Goal = { to: 'unread' | 'newest' } | { to: 'message'; position: number }

/** So much of what was read before stays in sight above the divider. */
const ABOVE_DIVIDER_PX = 96

export function goalOf(position: number | undefined): Goal {
  return position === undefined ? { to: 'unread' } : { to: 'message', position }
}

/** Scrolls there. False when the list is at its end now. */
export function goTo(goal: Goal, handle: VirtualizerHandle, rows: Row[]): boolean {
  const index =
    goal.to === 'message'
      ? rowAt(rows, goal.position)
      : rows.findIndex(({ kind }) => kind === goal.to)
  if (index < 0) handle.scrollToIndex(rows.length - 1, { align: 'end' })
  else if (goal.to === 'message') handle.scrollToIndex(index, { align: 'center' })
  else handle.scrollToIndex(index, { align: 'start', offset: -ABOVE_DIVIDER_PX })
  return index >= 0
}

/** What was loaded before may be another stretch than the one that was asked for. */
export function holds({ messages, before, after, unreadFrom }: Timeline, goal: Goal): boolean {
  const position = goal.to === 'message' ? goal.position : goal.to === 'unread' ? unreadFrom : null
  if (position === null) return after === null
  const isAfterStart = before === null || position >= (messages[0]?.position ?? 0)
  return isAfterStart && (after === null || position <= (messages.at(-1)?.position ?? 0))
}
