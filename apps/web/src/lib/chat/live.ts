import type { Connection } from '@chatapp/sdk'
import { followActivity } from '../activity/unread.ts'
import { loadAccountSettings } from '../notifications/settings.ts'
import { client } from '../session/client.ts'
import { askForMembersAnew, askForMembersOf } from './members-in-sight.ts'
import { loadMentioned } from './mentioned.ts'
import { followNetwork } from './network.ts'
import { refreshConversation, refreshConversations } from './refresh.ts'
import { saveDrafts } from './save-drafts.ts'
import { tellSeen } from './seen.ts'
import { withoutExpiredTyping } from './signals.ts'
import { change, chat, enqueue, flush } from './store.ts'
import { shareWithTabs, showPending } from './tabs.ts'

let connection: Connection | null = null
let stopping = new AbortController()
const TYPING_CHECK_MS = 1_000

/** The one connection of this page. Absent only while nobody is signed in. */
export function getConnection(): Connection {
  if (connection) return connection
  throw new Error('not connected: nobody is signed in')
}

/** Which conversation is in front of the person in this tab, null for none: no device is told of it. */
export function tellFocus(conversationId: string | null): void {
  connection?.focus(conversationId)
}

/** @throws {ChatError} `unauthenticated` when nobody is signed in */
export function connect(ownId: string): void {
  if (connection) return
  stopping = new AbortController()
  const { signal } = stopping
  const opened = client.connect()
  connection = opened
  let wasOnline = false
  opened.onAny((event) => {
    if (event.type !== 'outbox') enqueue(event)
    else showPending(opened)
    if (event.type === 'reset') askForMembersOf(event.conversationId)
    // How much a mark makes unread, the server counts.
    if (event.type === 'own') void refreshConversation(event.conversationId)
    if (event.type !== 'state') return
    flush()
    if (event.state.kind !== 'online') return
    askForMembersAnew()
    // Watermarks are not in the log: those moved elsewhere meanwhile are asked for.
    if (wasOnline) void refreshConversations()
    else loadOnce()
    wasOnline = true
  })
  shareWithTabs(opened, ownId, signal)
  saveDrafts(signal)
  followActivity(opened, signal)
  const stop = chat.subscribe((state, before) => tellSeen(opened, state, before))
  signal.addEventListener('abort', stop)
  followNetwork(opened, signal)
  const timer = setInterval(expireTyping, TYPING_CHECK_MS)
  signal.addEventListener('abort', () => clearInterval(timer))
}

export async function disconnect(): Promise<void> {
  const closing = connection
  connection = null
  stopping.abort()
  await closing?.close()
}

/** Without the answers no word counts as a mention, and earlier ones are not marked. */
function loadOnce(): void {
  loadAccountSettings().catch(() => {})
  loadMentioned().catch(() => {})
}

function expireTyping(): void {
  if (Object.keys(chat.getState().typing).length === 0) return
  change((state) => withoutExpiredTyping(state, Date.now()))
}
