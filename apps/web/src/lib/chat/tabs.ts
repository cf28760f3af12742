import { type Connection, type LiveEventOf, type OutboxItem, outboxItemsOf } from '@chatapp/sdk'
import { watchOtherOutboxes } from '../storage/other-outboxes.ts'
import { withTabDraft } from './drafts.ts'
import type { Draft } from './state.ts'
import { change, chat, enqueue } from './store.ts'

/** What the tabs of one account tell each other. */
type Told =
  | LiveEventOf<'ack'>
  | { type: 'retry' | 'discard'; clientId: string }
  | { type: 'written'; conversationId: string; draft: Draft }

/** What other tabs have not sent yet. */
let elsewhere: OutboxItem[] = []
/** What they have sent meanwhile: their storage may tell it a moment later. */
let sent = new Set<string>()
let channel: BroadcastChannel | null = null
/** Drafts of other tabs, which need not be told to them. */
const heard = new WeakSet<Draft>()

/**
 * Each tab sends what was written in it, and shows what the others of the account still have to
 * send. What a closed tab has left, one of those that live sends.
 */
export function shareWithTabs(connection: Connection, ownId: string, signal: AbortSignal): void {
  const opened = new BroadcastChannel(`chatapp.${ownId}`)
  channel = opened
  // Only our own pages can write there, and each version of them what the others know.
  opened.onmessage = ({ data }: MessageEvent<Told>) => take(data, connection)
  signal.addEventListener('abort', () => {
    opened.close()
    channel = null
    elsewhere = []
    sent = new Set()
  })
  connection.on('ack', (ack) => opened.postMessage(ack))
  shareDrafts(opened, signal)
  connection.on('message', ({ message }) => {
    if (message.kind === 'text' && message.senderId === ownId) settle(message.clientId, connection)
  })
  const onKept = (saved: unknown[]) => {
    const items = outboxItemsOf(saved)
    elsewhere = items.filter(({ clientId }) => !sent.has(clientId))
    sent = new Set(items.map(({ clientId }) => clientId).filter((id) => sent.has(id)))
    showPending(connection)
  }
  const adopt = (saved: unknown) => connection.outbox.adopt(saved)
  watchOtherOutboxes(`chatapp.outbox.${ownId}`, { onKept, adopt }, signal)
}

/** Drafts go from tab to tab at once, also offline: otherwise the older of two would be kept. */
function shareDrafts(opened: BroadcastChannel, signal: AbortSignal): void {
  const stop = chat.subscribe(({ drafts }, before) => {
    if (drafts === before.drafts) return
    for (const [conversationId, draft] of Object.entries(drafts)) {
      const { writtenAt, editing } = draft
      const isOlder = writtenAt <= (before.drafts[conversationId]?.writtenAt ?? 0)
      if (isOlder || editing || heard.has(draft)) continue
      opened.postMessage({ type: 'written', conversationId, draft } satisfies Told)
    }
  })
  signal.addEventListener('abort', stop)
}

/** Shows what waits here and in the other tabs, in the order in which it was written. */
export function showPending(connection: Connection): void {
  const own = connection.outbox.items
  const known = new Set(own.map(({ clientId }) => clientId))
  const others = elsewhere.filter(({ clientId }) => !known.has(clientId))
  const items = others.length > 0 ? [...own, ...others].sort(byTime) : own
  enqueue({ type: 'outbox', items })
}

/** False when no other tab has the message. */
export function askOtherTab(type: 'retry' | 'discard', clientId: string): boolean {
  const isThere = elsewhere.some((item) => item.clientId === clientId)
  if (isThere) channel?.postMessage({ type, clientId } satisfies Told)
  return isThere
}

function take(told: Told, connection: Connection): void {
  switch (told.type) {
    case 'ack':
      enqueue(told)
      settle(told.clientId, connection)
      break
    case 'written':
      heard.add(told.draft)
      change((state) => withTabDraft(state, told.conversationId, told.draft))
      break
    case 'retry':
    case 'discard':
      if (connection.outbox.items.some(({ clientId }) => clientId === told.clientId))
        connection.outbox[told.type](told.clientId)
  }
}

function settle(clientId: string, connection: Connection): void {
  sent.add(clientId)
  if (!elsewhere.some((item) => item.clientId === clientId)) return
  elsewhere = elsewhere.filter((item) => item.clientId !== clientId)
  showPending(connection)
}

const byTime = (a: OutboxItem, b: OutboxItem) => a.createdAt - b.createdAt
