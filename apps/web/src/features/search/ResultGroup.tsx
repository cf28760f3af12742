import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversation, useConversationName, usePerson } from '../../lib/chat/hooks.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { ListTime } from '../../ui/ListTime.tsx'
import { Snippet } from '../../ui/Snippet.tsx'
import type { Hit } from './answer.ts'
import type { Group } from './groups.ts'
import { linkOf, opened } from './use-hits.ts'

interface ResultGroupProps {
  group: Group
  openedId: string | undefined
  /** Where the Tab key stops. */
  stop: string | undefined
  onFocus: (messageId: string) => void
}

export function ResultGroup({ group, openedId, stop, onFocus }: ResultGroupProps) {
  const { conversation, hits } = group
  const known = useConversationName(conversation.id)
  const isDirect = useConversation(conversation.id)?.kind === 'direct'
  return (
    // Without a name of its own: another page may bring more of the same conversation.
    <section className="pt-1">
      <h2 className="sticky top-0 z-10 flex items-baseline gap-1.5 bg-canvas px-2 py-2 text-label text-ink-3">
        <span className="min-w-0 truncate">
          {!isDirect && <span aria-hidden># </span>}
          {known || conversation.title}
        </span>
        <span aria-hidden className="font-normal tabular-nums">
          {hits.length}
        </span>
      </h2>
      <ul>
        {hits.map((hit) => (
          <Result
            key={hit.message.id}
            hit={hit}
            isOpened={hit.message.id === openedId}
            isStop={hit.message.id === stop}
            onFocus={onFocus}
          />
        ))}
      </ul>
    </section>
  )
}

interface ResultProps {
  hit: Hit
  isOpened: boolean
  isStop: boolean
  onFocus: (messageId: string) => void
}

const Result = memo(function Result({ hit, isOpened, isStop, onFocus }: ResultProps) {
  const { t } = useTranslation('app')
  const { message, highlights } = hit
  const author = usePerson(message.senderId)
  const name = author?.displayName ?? t('somebody')
  const text = message.kind === 'text' ? (message.data ?? '') : ''
  return (
    <li>
      <Link
        {...linkOf(hit)}
        data-hit={message.id}
        tabIndex={isStop ? 0 : -1}
        aria-current={isOpened || undefined}
        onFocus={() => onFocus(message.id)}
        onClick={() => opened(hit)}
        className="flex gap-2.5 rounded-card px-2 py-2 -outline-offset-2 transition-colors hover:bg-hover aria-[current]:bg-accent-soft"
      >
        <Avatar id={message.senderId} name={name} url={author?.avatarUrl} size="small" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className="min-w-0 flex-1 truncate text-small font-semibold">{name}</bdi>
            <ListTime at={message.sentAt} />
          </span>
          <Snippet text={text} highlights={highlights} />
        </span>
      </Link>
    </li>
  )
})
