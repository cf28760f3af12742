import { EVERYONE_NAME } from '@chatapp/protocol'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationFacts, useRoles } from '../../lib/chat/facts.ts'
import { useChat, useSelf } from '../../lib/chat/hooks.ts'
import { findShortcodes, loadShortcodes, type Shortcode } from '../../lib/emoji/shortcodes.ts'
import { folded } from '../../lib/text/folded.ts'
import type { Token } from './token.ts'

/** One suggestion. */
export interface Option {
  id: string
  /** What takes the place of the token. */
  insert: string
  label: string
  hint: string
  /** The picture: an emoji, or whose. */
  emoji?: string
  person?: { id: string; url: string | null }
}

const OPTIONS_MAX = 8

export function useOptions(conversationId: string, token: Token | null): Option[] {
  const isMention = token?.kind === 'mention'
  const mentions = useMentions(conversationId, isMention ? token.query : null)
  const emoji = useEmoji(token?.kind === 'emoji' ? token.query : null)
  return isMention ? mentions : emoji
}

function useMentions(conversationId: string, query: string | null): Option[] {
  const { t } = useTranslation('composer')
  const members = useRoles(conversationId)
  const people = useChat((state) => state.people)
  const conversation = useConversationFacts(conversationId)
  const self = useSelf()
  if (query === null) return []
  const wanted = folded(query)
  const found = Object.keys(members ?? {})
    .flatMap((id) => people[id] ?? [])
    .filter(
      ({ id, username, displayName }) => id !== self?.id && isNamed(wanted, username, displayName),
    )
    .sort((a, b) => a.displayName.localeCompare(b.displayName))
    .slice(0, OPTIONS_MAX)
    .map(({ id, username, displayName, avatarUrl }) => ({
      ...{ id, insert: `@${username} `, label: displayName, hint: `@${username}` },
      person: { id, url: avatarUrl },
    }))
  if (conversation?.kind !== 'group' || !EVERYONE_NAME.startsWith(wanted)) return found
  const hint = t('everyoneHint', { count: conversation.memberCount })
  return [...found, { id: EVERYONE_NAME, insert: '@all ', label: `@all · ${t('everyone')}`, hint }]
}

function isNamed(wanted: string, username: string, displayName: string): boolean {
  if (folded(username).startsWith(wanted)) return true
  const words = folded(displayName).split(/\s+/)
  return words.some((word) => word.startsWith(wanted))
}

function useEmoji(query: string | null): Option[] {
  const [all, setAll] = useState<Shortcode[]>([])
  const isWanted = query !== null
  useEffect(() => {
    if (isWanted) void loadShortcodes().then(setAll)
  }, [isWanted])
  if (query === null) return []
  return findShortcodes(all, query, OPTIONS_MAX).map(({ name, emoji }) => ({
    ...{ id: name, insert: `${emoji} `, label: `:${name}:`, hint: '', emoji },
  }))
}
