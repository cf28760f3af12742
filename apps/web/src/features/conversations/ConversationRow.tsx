import { Link } from '@tanstack/react-router'
import { BellOff, Ellipsis } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  useConversation,
  useConversationName,
  usePerson,
  usePresence,
  useSelf,
} from '../../lib/chat/hooks.ts'
import { hasMention, isMuted, otherPersonId } from '../../lib/chat/select.ts'
import type { ChatConversation } from '../../lib/chat/state.ts'
import { exactTime, listTime } from '../../lib/time/time.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Preview } from './Preview.tsx'

interface RowProps {
  id: string
  isCurrent: boolean
  onMenu: (event: MouseEvent<HTMLElement>) => void
}

export const ConversationRow = memo(function Row({ id, isCurrent, onMenu }: RowProps) {
  const { t } = useTranslation('conversations')
  const conversation = useConversation(id)
  const name = useConversationName(id)
  if (!conversation) return null
  const isQuiet = isMuted(conversation, Date.now()) && !hasMention(conversation)
  const isNew = conversation.unread > 0 && !isQuiet
  return (
    <div data-row={id} className="group relative">
      <Link
        to="/c/$conversationId"
        params={{ conversationId: id }}
        aria-current={isCurrent ? 'page' : undefined}
        className="grid h-(--row) grid-cols-[40px_minmax(0,1fr)] items-center gap-x-3 rounded-card px-2 hover:bg-hover focus-visible:-outline-offset-2 aria-[current]:bg-active"
      >
        <Face conversation={conversation} name={name} />
        <span className="flex min-w-0 flex-col">
          <span className="flex items-baseline gap-2">
            <span
              className={classNames(
                'min-w-0 flex-1 truncate text-row',
                isNew ? 'font-bold' : 'font-medium',
              )}
            >
              {name}
            </span>
            <LastTime conversation={conversation} />
          </span>
          <span className="flex items-center gap-2">
            <span
              className={classNames(
                'min-w-0 flex-1 truncate text-small',
                isNew ? 'text-ink' : 'text-ink-3',
              )}
            >
              <Preview conversation={conversation} isCurrent={isCurrent} />
            </span>
            <Marks conversation={conversation} />
          </span>
        </span>
      </Link>
      <button
        type="button"
        aria-haspopup="menu"
        aria-label={t('options', { name })}
        onClick={onMenu}
        className="absolute top-1.5 right-1.5 grid size-7 place-items-center rounded-control border border-line bg-raised text-ink-2 opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:hidden"
      >
        <Ellipsis size={16} aria-hidden />
      </button>
    </div>
  )
})

function Face({ conversation, name }: { conversation: ChatConversation; name: string }) {
  const self = useSelf()
  const other = otherPersonId(conversation, self?.id)
  const presence = usePresence(other)
  const person = usePerson(other ?? '')
  return (
    <Avatar
      id={other ?? conversation.id}
      name={name}
      url={person?.avatarUrl}
      shape={conversation.kind === 'group' ? 'group' : 'person'}
      presence={presence}
    />
  )
}

function LastTime({ conversation: { lastMessage } }: { conversation: ChatConversation }) {
  const { i18n } = useTranslation()
  if (!lastMessage) return null
  const { sentAt } = lastMessage
  return (
    <time
      dateTime={sentAt}
      title={exactTime(sentAt, i18n.language)}
      // The button for options takes its place.
      className="text-meta text-ink-3 pointer-fine:group-hover:opacity-0"
    >
      {listTime(sentAt, i18n.language, new Date())}
    </time>
  )
}

function Marks({ conversation }: { conversation: ChatConversation }) {
  const { t } = useTranslation('conversations')
  const { unread: count } = conversation
  const isQuiet = isMuted(conversation, Date.now())
  if (!isQuiet && count === 0) return null
  return (
    <span className="flex items-center gap-1.5">
      {isQuiet && <BellOff size={14} role="img" aria-label={t('muted')} className="text-ink-3" />}
      {count > 0 && hasMention(conversation) && (
        <Badge count={count} look="mention" label={t('mentioned')} />
      )}
      {count > 0 && (
        <Badge count={count} look={isQuiet ? 'muted' : 'unread'} label={t('unread', { count })} />
      )}
    </span>
  )
}
