import type { Message, SystemMessage, TextMessage } from '@chatapp/protocol'
import type { OutboxItem } from '@chatapp/sdk'
import type { Timeline } from '../../lib/chat/state.ts'

export type Sending = OutboxItem['state']['kind']

export interface TextRow {
  kind: 'text'
  key: string
  message: TextMessage
  /** Of its author; the ones after it go without name and picture. */
  isFirst: boolean
  isMine: boolean
  /** My newest one: it tells who has seen it. */
  isMyLatest: boolean
  /** How far it is on its way; null once the server has it. */
  sending: Sending | null
}

export type Row =
  | { kind: 'day'; key: string; sentAt: string }
  | { kind: 'unread'; key: 'unread' }
  | { kind: 'system'; key: string; message: SystemMessage }
  | TextRow

/** A second message by the same person within this time drops name and picture. */
const GROUP_MS = 5 * 60_000

/** What the list shows, from the oldest to what is not sent yet. */
export function rowsOf(timeline: Timeline, pending: OutboxItem[], selfId: string): Row[] {
  const rows: Row[] = []
  const { messages, unreadFrom } = timeline
  const latest = messages.findLast((m) => m.senderId === selfId && m.kind === 'text')
  let isDivided = unreadFrom === null
  let before: Message | undefined
  for (const message of messages) {
    const isMine = message.senderId === selfId
    const isNewDay = !before || dayOf(before) !== dayOf(message)
    if (isNewDay) rows.push(dayRow(message))
    const isDivider =
      !isDivided && !isMine && message.kind === 'text' && message.position >= (unreadFrom ?? 0)
    if (isDivider) rows.push({ kind: 'unread', key: 'unread' })
    isDivided ||= isDivider
    const isFirst = isNewDay || isDivider || startsGroup(before, message)
    const isMyLatest = message === latest && pending.length === 0
    rows.push(messageRow(message, { isFirst, isMine, isMyLatest }))
    before = message
  }
  if (timeline.after === null) addPending(rows, pending, { before, selfId })
  return rows
}

function addPending(
  rows: Row[],
  pending: OutboxItem[],
  { before, selfId }: { before: Message | undefined; selfId: string },
): void {
  let last = before
  for (const item of pending) {
    const message = waitingMessage(item, selfId)
    const isNewDay = !last || dayOf(last) !== dayOf(message)
    if (isNewDay) rows.push(dayRow(message))
    const isFirst = isNewDay || startsGroup(last, message)
    const facts = { isFirst, isMine: true, isMyLatest: false }
    rows.push({ ...textRow(message, facts), sending: item.state.kind })
    last = message
  }
}

function messageRow(message: Message, facts: Facts): Row {
  if (message.kind === 'text') return textRow(message, facts)
  return { kind: 'system', key: message.id, message }
}

type Facts = Pick<TextRow, 'isFirst' | 'isMine' | 'isMyLatest'>

/** The key is the same before and after the acknowledgement, so that the row stays the row. */
function textRow(message: TextMessage, facts: Facts): TextRow {
  const key = facts.isMine ? message.clientId : message.id
  return { kind: 'text', key, message, ...facts, sending: null }
}

const waiting = new WeakMap<OutboxItem, TextMessage>()

/** What is not sent yet, in the shape of what is. Its position is none. */
function waitingMessage(item: OutboxItem, senderId: string): TextMessage {
  const known = waiting.get(item)
  if (known) return known
  const { clientId, conversationId, data, replyTo, createdAt } = item
  const message: TextMessage = {
    ...{ id: clientId, clientId, conversationId, senderId, kind: 'text', data, replyTo },
    ...{ position: 0, version: 0, mentions: [], reactions: [], editedAt: null, unsentAt: null },
    sentAt: new Date(createdAt).toISOString(),
  }
  waiting.set(item, message)
  return message
}

function dayRow(message: Message): Row {
  return { kind: 'day', key: `day ${dayOf(message)}`, sentAt: message.sentAt }
}

const days = new WeakMap<Message, string>()

/** Reckoned once: with thousands of rows and many changes a second it would cost frames. */
function dayOf(message: Message): string {
  const known = days.get(message)
  if (known) return known
  const day = new Date(message.sentAt).toDateString()
  days.set(message, day)
  return day
}

function startsGroup(before: Message | undefined, message: Message): boolean {
  if (!before || before.kind === 'system' || message.kind === 'system') return true
  if (before.senderId !== message.senderId || message.replyTo !== null) return true
  return Date.parse(message.sentAt) - Date.parse(before.sentAt) > GROUP_MS
}

/** The row of a position, or the first one after it; -1 when all are before. */
export function rowAt(rows: Row[], position: number): number {
  return rows.findIndex(
    (row) => (row.kind === 'text' || row.kind === 'system') && row.message.position >= position,
  )
}

/** The highest position among the rows up to this one. */
export function positionUpTo(rows: Row[], index: number): number | null {
  const found = rows.findLast(
    (row, n): row is TextRow | Extract<Row, { kind: 'system' }> =>
      n <= index && (row.kind === 'system' || (row.kind === 'text' && row.sending === null)),
  )
  return found ? found.message.position : null
}
