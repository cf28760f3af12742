import type { TextMessage, User } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { usePerson, useTick } from '../../lib/chat/hooks.ts'
import { clockTime, exactTime } from '../../lib/time/time.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { classNames } from '../../ui/class-names.ts'
import { MessageText } from '../../ui/MessageText.tsx'

interface MessageRowProps {
  message: TextMessage
  isFirst: boolean
  isMine: boolean
}

export function MessageRow({ message, isFirst, isMine }: MessageRowProps) {
  const { t } = useTranslation('timeline')
  const author = usePerson(message.senderId)
  const tick = useTick(message.conversationId, message.position)
  const edited = message.editedAt && !message.unsentAt ? t('edited') : null
  return (
    <TextBody
      author={author ?? null}
      isFirst={isFirst}
      sentAt={message.sentAt}
      text={message.data}
      mark={edited}
      note={isMine && message.data !== null ? t(tick) : null}
    />
  )
}

interface TextBodyProps {
  author: User | null
  isFirst: boolean
  sentAt: string
  /** Null: unsent. */
  text: string | null
  mark?: string | null
  note: string | null
}

export function TextBody({ author, isFirst, sentAt, text, mark, note }: TextBodyProps) {
  const { t, i18n } = useTranslation('timeline')
  const name = author?.displayName ?? t('somebody', { ns: 'app' })
  const time = (
    <time
      dateTime={sentAt}
      title={exactTime(sentAt, i18n.language)}
      className="text-meta text-ink-3"
    >
      {clockTime(sentAt, i18n.language)}
    </time>
  )
  return (
    <article
      aria-label={name}
      className={classNames(
        'group -mx-2 grid grid-cols-[40px_minmax(0,1fr)] gap-x-3 rounded-card px-2 py-(--message-gap) hover:bg-hover',
        isFirst && 'mt-2',
      )}
    >
      {isFirst ? (
        <Avatar id={author?.id ?? ''} name={name} url={author?.avatarUrl} />
      ) : (
        <span className="-ml-4 pt-0.5 text-right whitespace-nowrap opacity-0 group-hover:opacity-100">
          {time}
        </span>
      )}
      <div className="min-w-0">
        {isFirst && (
          <div className="flex items-baseline gap-2">
            <b className="font-semibold">{name}</b>
            {time}
            {mark && <span className="text-meta text-ink-3">{mark}</span>}
          </div>
        )}
        {text === null ? (
          <p className="text-ink-3 italic">{t('unsent')}</p>
        ) : (
          <MessageText text={text} />
        )}
        {note && <p className="text-meta text-ink-3">{note}</p>}
      </div>
    </article>
  )
}
