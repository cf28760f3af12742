import { client } from '../session/client.ts'
import { readUpTo } from './conversations.ts'
import { askForMembersOf } from './members-in-sight.ts'
import { put, type Timeline } from './state.ts'
import { change, chat } from './store.ts'
import {
  type HistoryPage,
  loadingTimeline,
  withFirstPage,
  withNewerPage,
  withOlderPage,
  withoutFarEnd,
} from './timeline.ts'

const PAGE = 60

/**
 * Shows a conversation: at `position`, else at the first unread message, else at the newest. What is
 * loaded of it already is kept where it can be.
 */
export function openConversation(conversationId: string, position?: number): void {
  const { conversations, members } = chat.getState()
  const conversation = conversations[conversationId]
  if (!conversation) return
  const { me, unread } = conversation
  const unreadFrom = unread > 0 ? readUpTo(me) + 1 : null
  const at = position ?? unreadFrom ?? undefined
  setTimeline(conversationId, (known) => ({ ...known, unreadFrom: known.unreadFrom ?? unreadFrom }))
  if (!isHereOrComing(conversationId, at)) void loadFirst(conversationId, at)
  if (!members[conversationId]) askForMembersOf(conversationId)
}

/** Forgets what is only true while one looks at it. */
export function leaveConversation(conversationId: string): void {
  if (!chat.getState().timelines[conversationId]) return
  const calm = { unreadFrom: null, staysUnread: false, isFollowing: false }
  setTimeline(conversationId, (known) => ({ ...known, ...calm }))
}

export function loadOlder(conversationId: string): Promise<void> {
  const timeline = chat.getState().timelines[conversationId]
  if (!timeline || timeline.before === null) return Promise.resolve()
  const query = { before: timeline.before, limit: PAGE }
  return loadMore(conversationId, { end: 'older', query, add: withOlderPage })
}

export function loadNewer(conversationId: string): Promise<void> {
  const timeline = chat.getState().timelines[conversationId]
  if (!timeline || timeline.after === null) return Promise.resolve()
  const query = { after: timeline.after, limit: PAGE }
  return loadMore(conversationId, { end: 'newer', query, add: withNewerPage })
}

/** Loads around a position, or the newest page, unless it is here already. */
export async function jumpTo(conversationId: string, position: number | 'newest'): Promise<void> {
  const at = position === 'newest' ? undefined : position
  if (isHereOrComing(conversationId, at)) return
  await loadFirst(conversationId, at)
}

/** Whether the newest message is on the screen. */
export function follow(conversationId: string, isFollowing: boolean): void {
  if (chat.getState().timelines[conversationId]?.isFollowing === isFollowing) return
  setTimeline(conversationId, (known) => ({ ...known, isFollowing }))
}

/** Moves the "new" divider, for example to what came while nobody looked. */
export function setUnreadFrom(conversationId: string, unreadFrom: number | null): void {
  setTimeline(conversationId, (known) => ({ ...known, unreadFrom }))
}

interface More {
  end: 'older' | 'newer'
  query: { before: number; limit: number } | { after: number; limit: number }
  add: (timeline: Timeline, page: HistoryPage) => Timeline
}

async function loadMore(conversationId: string, { end, query, add }: More): Promise<void> {
  const timeline = chat.getState().timelines[conversationId]
  if (timeline?.status !== 'ready' || timeline.busy) return
  setTimeline(conversationId, (known) => ({ ...known, busy: end }))
  try {
    const page = await client.messages.history(conversationId, query)
    // Jumped elsewhere meanwhile: the page is of a stretch that is gone.
    setTimeline(conversationId, (known) =>
      known.busy === end ? { ...add(known, page), busy: end } : known,
    )
    // A list that grows and shrinks in one step can't tell what stays in place, nor can one that
    // grows again before the event that tells it where it has scrolled to.
    await nextFrame()
    await nextFrame()
    setTimeline(conversationId, (known) =>
      known.busy === end ? { ...withoutFarEnd(known, end), busy: null, missed: [] } : known,
    )
  } catch {
    // Offline: the end of the list asks again when it is looked at.
    setTimeline(conversationId, (known) => ({ ...known, busy: null, missed: [] }))
  }
}

const nextFrame = () => new Promise(requestAnimationFrame)

/** The page that each conversation waits for; one asked for later takes its place. */
const loading = new Map<string, { at: number | undefined }>()

function isHereOrComing(conversationId: string, at: number | undefined): boolean {
  const timeline = chat.getState().timelines[conversationId]
  if (timeline?.status === 'ready') return reaches(timeline, at)
  const coming = loading.get(conversationId)
  return timeline?.status === 'loading' && coming !== undefined && coming.at === at
}

async function loadFirst(conversationId: string, at: number | undefined): Promise<void> {
  const turn = { at }
  const before = chat.getState().timelines[conversationId]
  loading.set(conversationId, turn)
  setTimeline(conversationId, (known) => ({ ...known, status: 'loading', busy: null, missed: [] }))
  try {
    const query = at === undefined ? { limit: PAGE } : { around: at, limit: PAGE }
    const page = await client.messages.history(conversationId, query)
    if (loading.get(conversationId) !== turn) return
    loading.delete(conversationId)
    setTimeline(conversationId, (known) => withFirstPage(known, page))
  } catch {
    if (loading.get(conversationId) !== turn) return
    loading.delete(conversationId)
    setTimeline(conversationId, (known) => ({
      ...known,
      // What is there already is better than an error in its place; with a gap nothing may be added.
      status: known.messages.length > 0 && before?.status !== 'stale' ? 'ready' : 'failed',
    }))
  }
}

function reaches({ messages, before, after }: Timeline, position: number | undefined): boolean {
  const first = messages[0]
  const last = messages.at(-1)
  if (position === undefined) return after === null
  if (!first || !last) return before === null && after === null
  const isAfterStart = before === null || position >= first.position
  return isAfterStart && (after === null || position <= last.position)
}

function setTimeline(conversationId: string, next: (known: Timeline) => Timeline): void {
  change((state) => {
    const known = state.timelines[conversationId] ?? loadingTimeline
    return { ...state, timelines: put(state.timelines, conversationId, next(known)) }
  })
}
