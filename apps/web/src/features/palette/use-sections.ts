import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { showConversation } from '../../lib/chat/actions.ts'
import { useChat, useSelf } from '../../lib/chat/hooks.ts'
import { conversationName, otherPersonId } from '../../lib/chat/select.ts'
import type { ChatConversation, ChatState } from '../../lib/chat/state.ts'
import { chat } from '../../lib/chat/store.ts'
import { client } from '../../lib/session/client.ts'
import { showFound } from '../../lib/shell/searches.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { snippet } from '../../lib/text/snippet.ts'
import { listTime } from '../../lib/time/time.ts'
import type { Item, Section } from './item.ts'
import { useActions } from './use-actions.ts'
import { type Hit, useFound } from './use-found.ts'

type Known = Pick<ChatState, 'people' | 'self'>

const RECENT_MAX = 7
const CONVERSATIONS_MAX = 6

/** What is offered for a query; without one, where one has been lately and what can be done. */
export function useSections(query: string) {
  const { i18n, t } = useTranslation('palette')
  const known = useKnown()
  const found = useFound(query)
  const actions = useActions()
  const { to, meet } = useGo()
  const { open } = useSearchPane()
  const wanted = query.trim().toLowerCase()
  const isMatching = ({ label }: { label: string }) => label.toLowerCase().includes(wanted)
  const places = (most: number) =>
    known
      .filter(isMatching)
      .slice(0, most)
      .map(({ members, ...face }) => ({
        ...face,
        hint: members === null ? '' : t('members', { count: members }),
        run: () => to(face.id),
      }))
  const people = found.people
    .filter(({ id }) => id !== chat.getState().self?.id)
    .filter(({ id }) => !known.some(({ avatar }) => avatar.id === id))
    .map(({ id, displayName, username, avatarUrl }) => ({
      ...{ id, label: displayName, hint: `@${username}`, run: () => void meet(id) },
      avatar: { id, url: avatarUrl, shape: 'person' as const },
    }))
  const messages = found.hits.map((hit) => messageItem(hit, { to, language: i18n.language }))
  const search: Item = {
    ...{ id: 'search', icon: Search, label: t('searchFor', { query: query.trim() }), hint: '' },
    run: () => open({ query: query.trim() }),
  }
  const sections: Section[] =
    wanted === ''
      ? [
          { name: 'recent', items: places(RECENT_MAX) },
          { name: 'actions', items: actions },
        ]
      : [
          { name: 'conversations', items: places(CONVERSATIONS_MAX) },
          { name: 'people', items: people },
          { name: 'actions', items: actions.filter(isMatching) },
          { name: 'messages', items: [search, ...messages] },
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
  { to, language }: { to: (id: string, position?: number) => void; language: string },
): Item {
  const text = message.kind === 'text' ? (message.data ?? '') : ''
  const state = chat.getState()
  const known = state.conversations[conversation.id]
  const place = known ? conversationName(known, state) : (conversation.title ?? '')
  return {
    id: message.id,
    label: text,
    pieces: snippet(text, highlights),
    hint: `${place}, ${listTime(message.sentAt, language, new Date())}`,
    run: () => {
      showFound({ messageId: message.id, position: message.position, highlights })
      to(conversation.id, message.position)
    },
  }
}

/** All conversations, latest activity first. Built when they change, not with every key. */
function useKnown() {
  const conversations = useChat((state) => state.conversations)
  const people = useChat((state) => state.people)
  const self = useSelf()
  return useMemo(
    () => byRecency(conversations).map((c) => faceOf(c, { people, self })),
    [conversations, people, self],
  )
}

function byRecency(conversations: ChatState['conversations']): ChatConversation[] {
  const at = (c: ChatConversation) => c.lastMessage?.sentAt ?? c.createdAt
  return Object.values(conversations).sort((a, b) => Number(at(b) > at(a)) - Number(at(b) < at(a)))
}

function faceOf(conversation: ChatConversation, state: Known) {
  const { id, kind, memberCount } = conversation
  const other = otherPersonId(conversation, state.self?.id)
  const url = (other && state.people[other]?.avatarUrl) || null
  const shape = other ? ('person' as const) : ('group' as const)
  return {
    ...{ id, label: conversationName(conversation, state) },
    members: kind === 'group' ? memberCount : null,
    avatar: { id: other ?? id, url, shape },
  }
}
