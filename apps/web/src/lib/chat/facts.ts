import type { Participant } from '@chatapp/protocol'
import { useRef } from 'react'
import { shallow } from 'zustand/shallow'
import { useChat } from './hooks.ts'
import type { ChatConversation, ChatState, Members } from './state.ts'

type Changing = 'lastMessage' | 'lastPosition' | 'version' | 'unread' | 'mentionedPosition'
type OwnChanging = 'readPosition' | 'deliveredPosition' | 'draft'

/** A conversation without what every message changes. */
export type ConversationFacts = Omit<ChatConversation, Changing | 'me'> & {
  me: Omit<ChatConversation['me'], OwnChanging>
}

/** For what shows only the facts: many messages a second must not render it again. */
export function useConversationFacts(id: string): ConversationFacts | undefined {
  return useChat(useKept((state) => state.conversations[id], hasSameFacts))
}

export type Roles = Record<string, Pick<Participant, 'userId' | 'role'>>

/** Who is in a conversation and as what, whatever they have read. */
export function useRoles(id: string): Roles | undefined {
  return useChat(useKept((state) => state.members[id], hasSameRoles))
}

type Select<T> = (state: ChatState) => T

/** The value of before, as long as it is the same for our purposes. */
function useKept<T>(
  select: Select<T | undefined>,
  isSame: (a: T, b: T) => boolean,
): Select<T | undefined> {
  const kept = useRef<T>(undefined)
  return (state) => {
    const next = select(state)
    const before = kept.current
    if (before === undefined || next === undefined || !isSame(before, next)) kept.current = next
    return kept.current
  }
}

function hasSameFacts(a: ChatConversation, b: ChatConversation): boolean {
  return a === b || (shallow(factsOf(a), factsOf(b)) && shallow(ownFactsOf(a), ownFactsOf(b)))
}

function factsOf(conversation: ChatConversation) {
  const { lastMessage, lastPosition, version, unread, mentionedPosition, me, ...facts } =
    conversation
  return facts
}

function ownFactsOf({ me }: ChatConversation) {
  const { readPosition, deliveredPosition, draft, ...facts } = me
  return facts
}

function hasSameRoles(a: Members, b: Members): boolean {
  const ids = Object.keys(b)
  return Object.keys(a).length === ids.length && ids.every((id) => a[id]?.role === b[id]?.role)
}
