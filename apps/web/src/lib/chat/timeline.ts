import type { Message } from '@chatapp/protocol'
import type { LogChange } from '@chatapp/sdk'
import type { Timeline } from './state.ts'

/** More than this many loaded messages of a conversation, and the far end is dropped. */
export const LOADED_MAX = 2_000
/** Dropping in strides: not on every single message. */
const LOADED_SLACK = 200

export interface HistoryPage {
  items: Message[]
  before: number | null
  after: number | null
}

export const loadingTimeline: Timeline = {
  status: 'loading',
  busy: null,
  messages: [],
  before: null,
  after: null,
  unreadFrom: null,
  staysUnread: false,
  isFollowing: false,
  missed: [],
}

/** The stretch begins anew with this page. */
export function withFirstPage(timeline: Timeline, page: HistoryPage): Timeline {
  const { items: messages, before, after } = page
  return caughtUp({ ...timeline, status: 'ready', busy: null, messages, before, after })
}

export function withOlderPage(timeline: Timeline, page: HistoryPage): Timeline {
  const first = timeline.messages[0]?.position ?? Number.POSITIVE_INFINITY
  const older = page.items.filter(({ position }) => position < first)
  const messages = [...older, ...timeline.messages]
  return caughtUp({ ...timeline, busy: null, messages, before: page.before })
}

export function withNewerPage(timeline: Timeline, page: HistoryPage): Timeline {
  const last = lastPositionOf(timeline)
  const newer = page.items.filter(({ position }) => position > last)
  const messages = [...timeline.messages, ...newer]
  return caughtUp({ ...timeline, busy: null, messages, after: page.after })
}

/** Drops what is too much at the end that one has come from. */
export function withoutFarEnd(timeline: Timeline, loaded: 'older' | 'newer'): Timeline {
  if (timeline.messages.length <= LOADED_MAX) return timeline
  return loaded === 'older' ? withoutNewest(timeline) : withoutOldest(timeline)
}

/** Takes what happened: live, or from a sync. */
export function withChange(timeline: Timeline, change: LogChange): Timeline {
  const isWaiting = timeline.status === 'loading' || timeline.busy !== null
  const changed = applyChange(timeline, change)
  return isWaiting ? { ...changed, missed: [...changed.missed, change] } : changed
}

/** Puts a message into its place, or replaces what is known of it. */
export function withMessage(timeline: Timeline, message: Message): Timeline {
  const { messages, after, before } = timeline
  const last = lastPositionOf(timeline)
  if (message.position > last) {
    if (after !== null || timeline.status !== 'ready') return timeline
    return bounded({ ...timeline, messages: [...messages, message] })
  }
  const index = messages.findLastIndex(({ position }) => position <= message.position)
  const found = messages[index]
  if (found?.position === message.position) {
    if (found.version > message.version) return timeline
    return { ...timeline, messages: messages.with(index, message) }
  }
  if (index < 0 && before !== null) return timeline
  return { ...timeline, messages: messages.toSpliced(index + 1, 0, message) }
}

export function findMessage(timeline: Timeline | undefined, messageId: string) {
  return timeline?.messages.findLast(({ id }) => id === messageId)
}

function caughtUp(timeline: Timeline): Timeline {
  return timeline.missed.reduce(applyChange, { ...timeline, missed: [] })
}

function applyChange(timeline: Timeline, change: LogChange): Timeline {
  switch (change.type) {
    case 'message':
      return withMessage(timeline, change.message)
    case 'edited':
    case 'unsent':
    case 'reaction': {
      const index = timeline.messages.findLastIndex(({ id }) => id === change.messageId)
      const found = timeline.messages[index]
      if (!found || found.version > change.version) return timeline
      const message = change.message ?? changedMessage(found, change)
      return { ...timeline, messages: timeline.messages.with(index, message) }
    }
    default:
      return timeline
  }
}

type MessageChange = Extract<LogChange, { type: 'edited' | 'unsent' | 'reaction' }>

export function changedMessage(message: Message, change: MessageChange): Message {
  const { version } = change
  if (change.type === 'reaction') return { ...message, version, reactions: change.reactions }
  if (message.kind === 'system') return message
  if (change.type === 'edited') {
    const { data, mentions, mentionsAll, editedAt } = change
    return { ...message, version, data, mentions, mentionsAll, editedAt }
  }
  const { unsentAt } = change
  const nobody = { mentions: [], mentionsAll: undefined }
  return { ...message, version, unsentAt, data: null, ...nobody, reactions: [] }
}

/** Who reads elsewhere keeps the place: the stretch stops growing and can be loaded on. */
function bounded(timeline: Timeline): Timeline {
  if (timeline.messages.length <= LOADED_MAX + LOADED_SLACK) return timeline
  return timeline.isFollowing ? withoutOldest(timeline) : withoutNewest(timeline)
}

function withoutOldest(timeline: Timeline): Timeline {
  const messages = timeline.messages.slice(-LOADED_MAX)
  return { ...timeline, messages, before: messages[0]?.position ?? null }
}

function withoutNewest(timeline: Timeline): Timeline {
  const messages = timeline.messages.slice(0, LOADED_MAX)
  return { ...timeline, messages, after: messages.at(-1)?.position ?? null }
}

function lastPositionOf({ messages }: Timeline): number {
  return messages.at(-1)?.position ?? 0
}
