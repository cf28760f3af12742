import type { Connection } from '@chatapp/sdk'
import { withOwnReceipt } from './conversations.ts'
import type { ChatState, Timeline } from './state.ts'

/** Somebody is in front of this window. */
export function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

/**
 * What comes where the end is looked at is read in the same change: it counts as unread for no
 * frame, and nothing is rendered twice for it.
 */
export function withSeen(state: ChatState): ChatState {
  if (!state.self || !isLookedAt()) return state
  const own = { type: 'receipt', kind: 'read', userId: state.self.id, at: '' } as const
  return Object.entries(state.timelines).reduce((next, [conversationId, timeline]) => {
    const newest = timeline.messages.at(-1)
    if (!newest || !showsEnd(timeline)) return next
    return withOwnReceipt(next, { ...own, conversationId, position: newest.position })
  }, state)
}

/** The server is told what has been read in conversations whose end is in sight. */
export function tellSeen(connection: Connection, state: ChatState, before: ChatState): void {
  if (state.conversations === before.conversations) return
  for (const [id, timeline] of Object.entries(state.timelines)) {
    const position = state.conversations[id]?.me.readPosition ?? 0
    const known = before.conversations[id]?.me.readPosition ?? position
    if (showsEnd(timeline) && position > known) connection.markRead(id, position)
  }
}

function showsEnd({ status, after, isFollowing, staysUnread }: Timeline): boolean {
  return isFollowing && status === 'ready' && after === null && !staysUnread
}
