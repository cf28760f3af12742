import type { ActivityItem } from '@chatapp/protocol'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { readUpTo } from '../../lib/chat/conversations.ts'
import { useChat, useConversationName, usePerson } from '../../lib/chat/hooks.ts'
import { plainLine } from '../../lib/text/plain.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { classNames } from '../../ui/class-names.ts'
import { ListTime } from '../../ui/ListTime.tsx'
import { Snippet } from '../../ui/Snippet.tsx'
import { highlightsOf, soughtIn } from './highlights.ts'

interface ItemRowProps {
  item: ActivityItem
  /** Where the Tab key stops. */
  isStop: boolean
  onFocus: (messageId: string) => void
}

export const ItemRow = memo(function Row({ item, isStop, onFocus }: ItemRowProps) {
  const { t } = useTranslation(['activity', 'app'])
  const { kind, message, conversation } = item
  const author = usePerson(message.senderId)
  const name = author?.displayName ?? t('somebody', { ns: 'app' })
  const place = useConversationName(conversation.id) || conversation.title
  const isDirect = conversation.title === null
  const isUnread = useIsUnread(item)
  return (
    <li>
      <Link
        to="/c/$conversationId/$position"
        params={{ conversationId: conversation.id, position: String(message.position) }}
        data-item={message.id}
        tabIndex={isStop ? 0 : -1}
        onFocus={() => onFocus(message.id)}
        className="flex gap-3 rounded-card px-2 py-2.5 -outline-offset-2 transition-colors hover:bg-hover"
      >
        <Avatar id={message.senderId} name={name} url={author?.avatarUrl} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span
              className={classNames(
                'min-w-0 flex-1 text-row [overflow-wrap:anywhere]',
                isUnread && 'font-semibold',
              )}
            >
              <bdi className="font-semibold">{name}</bdi>{' '}
              <span className={isUnread ? undefined : 'text-ink-2'}>
                {isDirect ? t(ALONE[kind]) : t(kind, { place })}
              </span>
            </span>
            <ListTime at={message.sentAt} />
            <Mark isUnread={isUnread} />
          </span>
          <Quote item={item} />
          <Text item={item} />
        </span>
      </Link>
    </li>
  )
})

/** Among two, the other one is the place. */
const ALONE = {
  mention: 'mentionAlone',
  reply: 'replyAlone',
  all: 'mentionAlone',
  keyword: 'keywordAlone',
} as const

/** What is read here is so at once, before the server has been asked. */
function useIsUnread({ conversation: { id }, message, isUnread }: ActivityItem): boolean {
  return useChat(({ conversations }) => {
    const known = conversations[id]
    return known ? message.position > readUpTo(known.me) : isUnread
  })
}

/** Its place is kept, so that nothing moves when it goes. */
function Mark({ isUnread }: { isUnread: boolean }) {
  const { t } = useTranslation('activity')
  return (
    <span className={classNames('size-2 shrink-0 rounded-full', isUnread && 'bg-accent')}>
      {isUnread && <span className="sr-only">{t('unread')}</span>}
    </span>
  )
}

/** What of mine was answered. */
function Quote({ item: { kind, quote } }: { item: ActivityItem }) {
  if (kind !== 'reply' || quote?.kind !== 'text' || quote.data === null) return null
  return (
    <span
      dir="auto"
      className="mt-0.5 block truncate border-l-2 border-line-strong pl-2 text-small text-ink-3"
    >
      {plainLine(quote.data)}
    </span>
  )
}

function Text({ item: { kind, message } }: { item: ActivityItem }) {
  const username = useChat(({ self }) => self?.username ?? '')
  const keywords = useChat((state) => state.keywords)
  const text = message.data ?? ''
  const sought = soughtIn(kind, { username, keywords })
  return <Snippet text={text} highlights={highlightsOf(text, sought)} />
}
