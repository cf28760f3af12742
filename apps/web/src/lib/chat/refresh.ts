import { isRetryable } from '@chatapp/sdk'
import { client } from '../session/client.ts'
import { withConversation } from './conversations.ts'
import { withMembers, withMoreMembers } from './members.ts'
import { change, chat } from './store.ts'

/** Takes unread counts and cursors as the server has them. */
export async function refreshConversations(): Promise<void> {
  try {
    for await (const conversation of client.conversations.all()) {
      const known = chat.getState().conversations[conversation.id]
      // What is behind the log already shown would turn the row back.
      if (!known || conversation.version < known.version) continue
      change((state) => withConversation(state, conversation))
    }
  } catch (error) {
    // Offline again: the next connection asks anew.
    if (!isRetryable(error)) throw error
  }
}

/** A client ahead of the server for longer knows a log that is no more. */
const TRIES = 3

/** Takes one of them as the server has it, and not as it was before what is shown already. */
export async function refreshConversation(id: string): Promise<void> {
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const conversation = await client.conversations.get(id)
      const known = chat.getState().conversations[id]
      if (!known) return
      if (conversation.version < known.version) continue
      return change((state) => withConversation(state, conversation))
    }
  } catch (error) {
    // Offline again, or no longer in it: the next connection tells.
    if (!isRetryable(error)) throw error
  }
}

const MEMBERS_LOADED_MAX = 200

/** By conversation: where the rest of its members goes on; null when all are here. */
const restOfMembers = new Map<string, string | null>()

/** Loads who is in a conversation; of large groups the first page. */
export async function loadMembers(conversationId: string): Promise<void> {
  const page = await client.conversations.members(conversationId, { limit: MEMBERS_LOADED_MAX })
  restOfMembers.set(conversationId, page.next)
  change((state) => withMembers(state, conversationId, page.items))
}

/** The next page of a large group. False when there is none. @throws {ChatError | NetworkError} */
export async function loadMoreMembers(conversationId: string): Promise<boolean> {
  const cursor = restOfMembers.get(conversationId)
  if (cursor === null) return false
  if (cursor === undefined) {
    // Only those of an earlier visit are here.
    await loadMembers(conversationId)
    return restOfMembers.get(conversationId) !== null
  }
  const limit = MEMBERS_LOADED_MAX
  const page = await client.conversations.members(conversationId, { limit, cursor })
  restOfMembers.set(conversationId, page.next)
  change((state) => withMoreMembers(state, conversationId, page.items))
  return page.next !== null
}

const asked = new Set<string>()

/** Fetches a person once. */
export function askForPerson(userId: string): void {
  if (asked.has(userId) || chat.getState().people[userId]) return
  asked.add(userId)
  client.users.get(userId).then(
    (user) => change((state) => ({ ...state, people: { ...state.people, [user.id]: user } })),
    // Asked for again when they are next looked at.
    () => asked.delete(userId),
  )
}
