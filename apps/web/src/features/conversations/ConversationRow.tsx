import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversation, useConversationName, usePresence, useSelf } from '../../lib/chat/hooks.ts'
import { hasMention, isMuted, otherPersonId } from '../../lib/chat/select.ts'
import type { ChatConversation } from '../../lib/chat/state.ts'
import { listTime } from '../../lib/time/time.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Preview } from './Preview.tsx'

export const ConversationRow = memo(function Row(props: { id: string; isCurrent: boolean }) {
  const { id, isCurrent } = props
  const { i18n } = useTranslation()
  const conversation = useConversation(id)
  const name = useConversationName(id)
  const self = useSelf()
  const other = conversation ? otherPersonId(conversation, self?.id) : null
  const presence = usePresence(other)
  if (!conversation) return null
  const { lastMessage, kind, unread } = conversation
  return (
    <Link
      to="/c/$conversationId"
      params={{ conversationId: id }}
      aria-current={isCurrent ? 'page' : undefined}
      className="grid h-(--row) grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-3 rounded-card px-2 hover:bg-hover aria-[current]:bg-active"
    >
      <Avatar
        id={other ?? id}
        name={name}
        shape={kind === 'group' ? 'group' : 'person'}
        presence={presence}
      />
      <span className="min-w-0">
        <span
          className={classNames(
            'block truncate text-row',
            unread > 0 ? 'font-bold' : 'font-medium',
          )}
        >
          {name}
        </span>
        <span
          className={classNames(
            'block truncate text-small',
            unread > 0 ? 'text-ink' : 'text-ink-3',
          )}
        >
          <Preview conversation={conversation} />
        </span>
      </span>
      <span className="grid justify-items-end gap-0.5">
        <span className="text-meta text-ink-3">
          {lastMessage && listTime(lastMessage.sentAt, i18n.language, new Date())}
        </span>
        <Unread conversation={conversation} />
      </span>
    </Link>
  )
})

function Unread({ conversation }: { conversation: ChatConversation }) {
  const { t } = useTranslation('conversations')
  const { unread: count } = conversation
  if (count === 0) return null
  if (hasMention(conversation)) return <Badge count={count} look="mention" label={t('mentioned')} />
  const look = isMuted(conversation, Date.now()) ? 'muted' : 'unread'
  return <Badge count={count} look={look} label={t('unread', { count })} />
}
