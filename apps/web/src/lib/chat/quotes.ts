import type { Message } from '@chatapp/protocol'
import { useEffect } from 'react'
import { client } from '../session/client.ts'
import { useChat } from './hooks.ts'
import { withQuoted } from './quoted.ts'
import { change } from './store.ts'
import { findMessage } from './timeline.ts'

/** A message that another one answers; fetched when it is not among the loaded ones. */
export function useQuoted(conversationId: string, messageId: string): Message | undefined {
  const found = useChat(
    ({ timelines, quoted }) =>
      findMessage(timelines[conversationId], messageId) ?? quoted[messageId],
  )
  const isKnown = found !== undefined
  useEffect(() => {
    if (!isKnown) load(conversationId, messageId)
  }, [isKnown, conversationId, messageId])
  return found
}

const asked = new Set<string>()

function load(conversationId: string, messageId: string): void {
  const position = positionIn(messageId)
  if (position === null || asked.has(messageId)) return
  asked.add(messageId)
  client.messages
    .history(conversationId, { around: position, limit: 1 })
    .then(({ items }) => {
      const found = items.find(({ id }) => id === messageId)
      if (found) change((state) => withQuoted(state, found))
    })
    // Offline: asked again when it is next looked at.
    .catch(() => {})
    .finally(() => asked.delete(messageId))
}

/** Ids end with the position, today. Only a guess where to look: what is found there is compared. */
function positionIn(messageId: string): number | null {
  try {
    const bytes = atob(messageId.replaceAll('-', '+').replaceAll('_', '/'))
    const last = Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)).slice(-POSITION_BYTES)
    const position = new DataView(last.buffer).getUint32(0)
    return position > 0 ? position : null
  } catch {
    return null
  }
}

const POSITION_BYTES = 4
