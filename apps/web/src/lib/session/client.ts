import { type Client, createClient } from '@chatapp/sdk'
import { clientStorage } from '../storage/outbox-slot.ts'

type SessionListener = (session: Client['session']) => void
const listeners = new Set<SessionListener>()

/** The one client of this page. Its refresh token is in a cookie that no script sees. */
export const client = createClient({
  url: location.origin,
  web: true,
  storage: clientStorage,
  onSession: (session) => {
    for (const listener of [...listeners]) listener(session)
  },
})

export function onSession(listener: SessionListener): void {
  listeners.add(listener)
}
