import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversation, useConversationName, usePerson } from '../../lib/chat/hooks.ts'
import { snippet } from '../../lib/text/snippet.ts'
import { exactTime, listTime } from '../../lib/time/time.ts'
import { Avatar } from '../../ui/Avatar.tsx'
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
  const { t, i18n } = useTranslation('app')
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
            <time
              dateTime={message.sentAt}
              title={exactTime(message.sentAt, i18n.language)}
              className="shrink-0 text-meta text-ink-3"
            >
              {listTime(message.sentAt, i18n.language, new Date())}
            </time>
          </span>
          <span dir="auto" className="line-clamp-3 text-small [overflow-wrap:anywhere] text-ink-2">
            {snippet(text, highlights).map((piece, n) =>
              piece.isHit ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, they never move
                <mark key={n} className="rounded-xs bg-mark font-medium text-ink">
                  {piece.text}
                </mark>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, they never move
                <span key={n}>{piece.text}</span>
              ),
            )}
          </span>
        </span>
      </Link>
    </li>
  )
})
