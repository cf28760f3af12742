import type { OwnUser, PresenceState, User } from '@chatapp/protocol'
import type { ConnectionState, OutboxItem } from '@chatapp/sdk'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { type Tick, tickOf } from './members.ts'
import { useIsOffline } from './offline.ts'
import { askForPerson } from './refresh.ts'
import { conversationName, selectConversationIds, selectUnreadTotal } from './select.ts'
import {
  type ChatConversation,
  type ChatState,
  type Draft,
  emptyDraft,
  type Members,
  type Timeline,
} from './state.ts'
import { chat } from './store.ts'
import { watchPerson } from './watched.ts'

/** Anything of the chat; renders again when what `select` gives is another value. */
export function useChat<T>(select: (state: ChatState) => T): T {
  return useStore(chat, select)
}

export function useSelf(): OwnUser | null {
  return useChat((state) => state.self)
}

export function useConnection(): ConnectionState {
  return useChat((state) => state.connection)
}

/** `nothing` until there is something to show; `live` when the server has spoken. */
export function useLoaded(): ChatState['loaded'] {
  return useChat((state) => state.loaded)
}

export function useConversation(id: string): ChatConversation | undefined {
  return useChat((state) => state.conversations[id])
}

/** The title, or for direct conversations the other person's name. */
export function useConversationName(id: string): string {
  return useChat((state) => {
    const conversation = state.conversations[id]
    return conversation ? conversationName(conversation, state) : ''
  })
}

/** Ids in the order of the list: a row that changes in place renders itself only. */
export function useConversationIds(): string[] {
  return useStore(chat, useShallow(selectConversationIds))
}

export function useConversationList(): ChatConversation[] {
  return useStore(
    chat,
    useShallow((state) =>
      selectConversationIds(state).flatMap((id) => state.conversations[id] ?? []),
    ),
  )
}

export function useUnreadTotal(): number {
  return useChat(selectUnreadTotal)
}

export function useTimeline(id: string): Timeline | undefined {
  return useChat((state) => state.timelines[id])
}

const NONE: OutboxItem[] = []

/** What is on its way out, in order; shown after the newest message. */
export function usePending(id: string): OutboxItem[] {
  return useChat((state) => state.pending[id]) ?? NONE
}

export function useMembers(id: string): Members | undefined {
  return useChat((state) => state.members[id])
}

/** How far others have got with my message at this position. */
export function useTick(conversationId: string, position: number): Tick {
  return useChat(({ members, self }) => tickOf(members[conversationId], self?.id ?? '', position))
}

/** A person; undefined until they are known. They are asked for then. */
export function usePerson(id: string): User | undefined {
  const person = useChat((state) => state.people[id])
  const isKnown = person !== undefined
  useEffect(() => {
    if (!isKnown && id !== '') askForPerson(id)
  }, [id, isKnown])
  return person
}

/** The names of several people, one after the other; who is not known is asked for. */
export function usePeopleNamed(ids: string[], unknown: string): string {
  const names = useChat(({ people }) =>
    ids.map((id) => people[id]?.displayName ?? unknown).join(', '),
  )
  const missing = useChat(({ people }) => ids.filter((id) => !people[id]).join(' '))
  useEffect(() => {
    for (const id of missing.split(' ')) if (id !== '') askForPerson(id)
  }, [missing])
  return names
}

/** Undefined until the server has told it, and while I am offline: nobody knows then but of me. */
export function usePresence(userId: string | null): PresenceState | undefined {
  useEffect(() => (userId ? watchPerson(userId) : undefined), [userId])
  const isOffline = useIsOffline()
  return useChat(({ presence, self }) => {
    if (!userId) return undefined
    if (!isOffline) return presence[userId]
    return userId === self?.id ? 'offline' : undefined
  })
}

/** Who types in a conversation now, without me. */
export function useTyping(conversationId: string): string[] {
  return useStore(
    chat,
    useShallow((state) => Object.keys(state.typing[conversationId] ?? {})),
  )
}

export function useDraft(conversationId: string): Draft {
  return useChat((state) => state.drafts[conversationId]) ?? emptyDraft
}
