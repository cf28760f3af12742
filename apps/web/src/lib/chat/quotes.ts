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
    if (!isKnown) load(messageId)
  }, [isKnown, messageId])
  return found
}

const asked = new Set<string>()

function load(messageId: string): void {
  if (asked.has(messageId)) return
  asked.add(messageId)
  client.messages
    .get(messageId)
    .then((found) => change((state) => withQuoted(state, found)))
    // Offline: asked again when it is next looked at.
    .catch(() => {})
    .finally(() => asked.delete(messageId))
}
