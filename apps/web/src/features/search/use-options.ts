import { type FilterKind, HAS_KINDS, IS_KINDS } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { useChat, useSelf } from '../../lib/chat/hooks.ts'
import { conversationName, otherPersonId, selectConversationIds } from '../../lib/chat/select.ts'
import { chat } from '../../lib/chat/store.ts'
import { usePeopleNamed } from '../../lib/people/use-people-named.ts'
import { folded } from '../../lib/text/folded.ts'
import type { Token } from './completion.ts'
import { placeValue } from './quoted.ts'

/** One that can stand behind an operator. */
export interface Option {
  /** As it is written. */
  value: string
  label: string
  hint: string
  face?: { id: string; url: string | null; shape: 'person' | 'group' }
}

const SHOWN_MAX = 7

/** What is offered for the value that is being written. */
export function useOptions(token: Token | null): Option[] {
  const people = usePeople(token?.key === 'from' ? token.written : null)
  const places = usePlaces(token?.key === 'in' ? token.written : null)
  const choices = useChoices(token)
  return [...people, ...places, ...choices].slice(0, SHOWN_MAX)
}

function usePeople(written: string | null): Option[] {
  const { t } = useTranslation('search')
  const self = useSelf()
  const name = written?.replace(/^@/, '') ?? null
  const found = usePeopleNamed(name)
  if (name === null || !self) return []
  const faceOf = ({ id, avatarUrl }: { id: string; avatarUrl: string | null }) => ({
    ...{ id, url: avatarUrl, shape: 'person' as const },
  })
  const me: Option = { value: 'me', label: t('me'), hint: self.displayName, face: faceOf(self) }
  const others = (found ?? [])
    .filter(({ id }) => id !== self.id)
    .map((user) => ({
      ...{ value: user.username, label: user.displayName, hint: `@${user.username}` },
      face: faceOf(user),
    }))
  return [...[me].filter((option) => isCalled(option, name)), ...others]
}

function usePlaces(written: string | null): Option[] {
  const conversations = useChat((state) => state.conversations)
  if (written === null) return []
  const state = chat.getState()
  return selectConversationIds(state)
    .flatMap((id): Option[] => {
      const conversation = conversations[id]
      if (!conversation) return []
      const other = otherPersonId(conversation, state.self?.id)
      const url = (other && state.people[other]?.avatarUrl) || null
      const username = other && state.people[other]?.username
      return [
        {
          value: placeValue(conversation, state),
          label: conversationName(conversation, state),
          hint: username ? `@${username}` : '',
          face: { id: other ?? id, url, shape: other ? 'person' : 'group' },
        },
      ]
    })
    .filter((option) => isCalled(option, written))
}

function useChoices(token: Token | null): Option[] {
  const { t } = useTranslation('searchChoices')
  if (!token) return []
  return choicesFor(token.key)
    .map(({ value, label }) => ({ value, label: t(label), hint: value }))
    .filter((option) => isCalled(option, token.written))
}

/** Messages carry no files yet: that one is not offered. */
const OFFERED_HAS = HAS_KINDS.filter((kind) => kind !== 'file')

function choicesFor(key: FilterKind) {
  switch (key) {
    case 'from':
    case 'in':
      return []
    case 'has':
      return OFFERED_HAS.map((kind) => ({ value: kind, label: kind }))
    case 'is':
      return IS_KINDS.map((kind) => ({ value: kind, label: kind }))
    case 'before':
    case 'after':
    case 'on':
      return datesOf(new Date())
  }
}

function datesOf(now: Date) {
  const year = String(now.getFullYear())
  const month = `${year}-${String(now.getMonth() + 1).padStart(2, '0')}`
  return [
    { value: 'today', label: 'today' },
    { value: 'yesterday', label: 'yesterday' },
    { value: '7d', label: 'week' },
    { value: '30d', label: 'thirty' },
    { value: month, label: 'month' },
    { value: year, label: 'year' },
  ] as const
}

function isCalled({ label, hint, value }: Option, written: string): boolean {
  const wanted = folded(written)
  return [label, value, hint.replace(/^@/, '')].some((name) =>
    folded(name)
      .split(/\s+/)
      .some((_, n, words) => words.slice(n).join(' ').startsWith(wanted)),
  )
}
