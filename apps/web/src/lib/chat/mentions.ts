import { EVERYONE_NAME, type TextMessage } from '@chatapp/protocol'
import type { Mentions } from '../text/mentions.ts'
import { useChat } from './hooks.ts'
import type { ChatState } from './state.ts'

/** Whom a message calls: as the server says, and until it has, the members whose names are in it. */
export function useMentions(message: TextMessage): Mentions {
  const mayCall = message.data?.includes('@') ?? false
  return useChat((state) => (mayCall ? mentionsOf(message, state) : ''))
}

function mentionsOf(message: TextMessage, { people, members, self }: ChatState): Mentions {
  const known = Object.keys(members[message.conversationId] ?? {})
  const ids = new Set([...message.mentions, ...known])
  const names = [...ids].flatMap((id) => {
    const name = people[id]?.username.toLowerCase()
    if (!name) return []
    return id === self?.id ? `=${name}` : name
  })
  if (message.mentionsAll) names.push(`=${EVERYONE_NAME}`)
  return names.join(' ')
}
