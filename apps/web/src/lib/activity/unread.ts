import type { Connection } from '@chatapp/sdk'
import { create } from 'zustand'
import { chat } from '../chat/store.ts'
import { client } from '../session/client.ts'
import { delayFor } from './delay-for.ts'

interface Activity {
  /** How much that was for me in particular is unread, as the server counts. */
  unread: number
  /** Another number whenever the list may have become another one. */
  turn: number
}

const NONE: Activity = { unread: 0, turn: 0 }
/** However much follows each other, one is not kept waiting for longer. */
const PATIENCE_MS = 3_000

export const useActivity = create<Activity>(() => NONE)

/** Asks the server anew when something has happened that may count. */
export function followActivity(connection: Connection, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitsSince: number | undefined
  connection.onAny((event) => {
    const delay = delayFor(event, chat.getState())
    if (delay === undefined) return
    const now = performance.now()
    waitsSince ??= now
    clearTimeout(timer)
    timer = setTimeout(ask, Math.min(delay, Math.max(0, waitsSince + PATIENCE_MS - now)))
  })
  function ask() {
    waitsSince = undefined
    // Offline, or a server that does not know it yet: the next event asks again.
    askForUnread(signal).catch(() => {})
  }
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    useActivity.setState(NONE)
  })
}

async function askForUnread(signal: AbortSignal): Promise<void> {
  const { unread } = await client.messages.activity({ filter: 'unread', limit: 1 })
  if (!signal.aborted) useActivity.setState(({ turn }) => ({ unread, turn: turn + 1 }))
}
