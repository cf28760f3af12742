import type { ActivityItem } from '@chatapp/protocol'
import { client } from '../session/client.ts'
import { type ChatState, put } from './state.ts'
import { change } from './store.ts'

const ITEMS_MAX = 200

/**
 * Marks the conversations where a mention waits to be read: of those from before this page was
 * opened only the newest message of each is known. @throws {ChatError | NetworkError}
 */
export async function loadMentioned(): Promise<void> {
  const { items } = await client.messages.activity({ filter: 'unread', limit: ITEMS_MAX })
  change((state) => items.reduce(withMentioned, state))
}

function withMentioned(state: ChatState, { kind, message }: ActivityItem): ChatState {
  const { conversationId, position } = message
  const conversation = state.conversations[conversationId]
  if (kind === 'reply' || !conversation || position <= conversation.mentionedPosition) return state
  const marked = { ...conversation, mentionedPosition: position }
  return { ...state, conversations: put(state.conversations, conversationId, marked) }
}
