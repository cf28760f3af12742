import { lazy, Suspense, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { usePerson } from '../../lib/chat/hooks.ts'
import { clockTime } from '../../lib/time/time.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { classNames } from '../../ui/class-names.ts'
import { TimelineContext } from './context.ts'
import { MessageBody } from './MessageBody.tsx'
import type { TextRow } from './rows.ts'
import { SeenLine } from './SeenLine.tsx'
import { SendState } from './SendState.tsx'
import { Time } from './Time.tsx'
import { useActive } from './use-active.ts'

const MessageActions = lazy(async () => ({
  default: (await import('./MessageActions.tsx')).MessageActions,
}))

interface MessageRowProps {
  row: TextRow
  /** One has just jumped to it. */
  isMarked: boolean
}

export function MessageRow({ row, isMarked }: MessageRowProps) {
  const { message, isFirst, isMine, isMyLatest, sending } = row
  const { t, i18n } = useTranslation('timeline')
  const { onFocusRow } = useContext(TimelineContext)
  const { isActive, handlers } = useActive()
  const author = usePerson(message.senderId)
  const name = author?.displayName ?? t('somebody', { ns: 'app' })
  const isUnsent = message.data === null
  const hasActions = isActive && !isUnsent && sending === null
  return (
    <article
      {...handlers}
      data-row={row.key}
      tabIndex={-1}
      aria-label={t('messageBy', { name, time: clockTime(message.sentAt, i18n.language) })}
      onFocus={() => {
        handlers.onFocus()
        onFocusRow(row.key)
      }}
      className={classNames(
        'relative -mx-2 grid grid-cols-[40px_minmax(0,1fr)_auto] gap-x-3 rounded-card px-2 py-(--message-gap)',
        '-outline-offset-2 transition-colors pointer-coarse:select-none',
        isFirst && 'mt-2',
        isMarked ? 'bg-mark [--ink-3:var(--ink)]' : isActive && 'bg-hover',
      )}
    >
      {isFirst ? (
        <span className="pt-0.5">
          <Avatar id={message.senderId} name={name} url={author?.avatarUrl} />
        </span>
      ) : (
        <span className="pt-0.5 text-right whitespace-nowrap">
          {isActive && <Time isShort at={message.sentAt} />}
        </span>
      )}
      <MessageBody row={row} name={name} isBot={author?.isBot === true} />
      {isMine && !isUnsent && <SendState row={row} />}
      {isMyLatest && !isUnsent && <SeenLine message={message} />}
      {hasActions && (
        <Suspense>
          <MessageActions message={message} isMine={isMine} />
        </Suspense>
      )}
    </article>
  )
}
