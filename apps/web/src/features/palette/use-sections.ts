import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { showConversation } from '../../lib/chat/actions.ts'
import { useChat } from '../../lib/chat/hooks.ts'
import { conversationName, otherPersonId } from '../../lib/chat/select.ts'
import type { ChatConversation, ChatState } from '../../lib/chat/state.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { listTime } from '../../lib/time/time.ts'
import type { Item, Section } from './item.ts'
import { snippet } from './snippet.ts'
import { useActions } from './use-actions.ts'
import { type Hit, useFound } from './use-found.ts'

const RECENT_MAX = 7
const CONVERSATIONS_MAX = 6

/** What is offered for a query; without one, where one has been lately and what can be done. */
export function useSections(query: string) {
  const state = useChat((all) => all)
  const { i18n, t } = useTranslation('palette')
  const found = useFound(query)
  const actions = useActions()
  const { to, meet } = useGo()
  const wanted = query.trim().toLocaleLowerCase()
  const isMatching = ({ label }: Item) => label.toLocaleLowerCase().includes(wanted)
  const known = byRecency(state).map((conversation) => {
    const { id, memberCount, kind } = conversation
    const hint = kind === 'group' ? t('members', { count: memberCount }) : ''
    return { ...faceOf(conversation, state), id, hint, run: () => to(id) }
  })
  const people = found.people
    .filter((user) => user.id !== state.self?.id && !isMet(state, user.id))
    .map(({ id, displayName, username, avatarUrl }) => ({
      ...{ id, label: displayName, hint: `@${username}`, run: () => void meet(id) },
      avatar: { id, url: avatarUrl, shape: 'person' as const },
    }))
  const messages = found.hits.map((hit) => messageItem(hit, state, { to, language: i18n.language }))
  const sections: Section[] =
    wanted === ''
      ? [
          { name: 'recent', items: known.slice(0, RECENT_MAX) },
          { name: 'actions', items: actions },
        ]
      : [
          { name: 'conversations', items: known.filter(isMatching).slice(0, CONVERSATIONS_MAX) },
          { name: 'people', items: people },
          { name: 'actions', items: actions.filter(isMatching) },
          { name: 'messages', items: messages },
        ]
  return { ...found, sections: sections.filter(({ items }) => items.length > 0) }
}

/** The ways from here to a conversation, a message or a person. */
function useGo() {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  function to(conversationId: string, position?: number) {
    if (position === undefined) {
      return void navigate({ to: '/c/$conversationId', params: { conversationId } })
    }
    const params = { conversationId, position: String(position) }
    void navigate({ to: '/c/$conversationId/$position', params })
  }
  async function meet(userId: string) {
    try {
      const conversation = await client.conversations.openDirect(userId)
      showConversation(conversation)
      to(conversation.id)
    } catch {
      showNotice(t('failed'))
    }
  }
  return { to, meet }
}

function messageItem(
  { message, conversation, highlights }: Hit,
  state: ChatState,
  { to, language }: { to: (id: string, position?: number) => void; language: string },
): Item {
  const text = message.kind === 'text' ? (message.data ?? '') : ''
  const known = state.conversations[conversation.id]
  const place = known ? conversationName(known, state) : (conversation.title ?? '')
  return {
    id: message.id,
    label: text,
    pieces: snippet(text, highlights),
    hint: `${place}, ${listTime(message.sentAt, language, new Date())}`,
    run: () => to(conversation.id, message.position),
  }
}

function byRecency({ conversations }: ChatState): ChatConversation[] {
  const at = (c: ChatConversation) => c.lastMessage?.sentAt ?? c.createdAt
  return Object.values(conversations).sort((a, b) => Number(at(b) > at(a)) - Number(at(b) < at(a)))
}

function faceOf(conversation: ChatConversation, state: ChatState) {
  const other = otherPersonId(conversation, state.self?.id)
  const url = (other && state.people[other]?.avatarUrl) || null
  const shape = other ? ('person' as const) : ('group' as const)
  return {
    label: conversationName(conversation, state),
    avatar: { id: other ?? conversation.id, url, shape },
  }
}

/** There is a direct conversation with them, which is listed already. */
function isMet(state: ChatState, userId: string): boolean {
  return Object.values(state.conversations).some(
    (conversation) => otherPersonId(conversation, state.self?.id) === userId,
  )
}
