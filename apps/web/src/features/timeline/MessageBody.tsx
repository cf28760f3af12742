import type { TextMessage } from '@chatapp/protocol'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMentions } from '../../lib/chat/mentions.ts'
import { isLong } from '../../lib/text/long.ts'
import { exactTime } from '../../lib/time/time.ts'
import { BotMark } from '../../ui/BotMark.tsx'
import { MessageText } from '../../ui/MessageText.tsx'
import { Failed } from './Failed.tsx'
import { Folded } from './Folded.tsx'
import { Quote } from './Quote.tsx'
import { Reactions } from './Reactions.tsx'
import type { TextRow } from './rows.ts'
import { Time } from './Time.tsx'
import { useFoundWords } from './use-found-words.ts'

interface MessageBodyProps {
  row: TextRow
  /** The author's. */
  name: string
  isBot: boolean
}

export function MessageBody({ row, name, isBot }: MessageBodyProps) {
  const { message, isFirst, sending } = row
  const isUnsent = message.data === null
  return (
    <div className="min-w-0">
      {isFirst && (
        <div className="flex items-baseline gap-2">
          <bdi className="truncate leading-5 font-semibold">{name}</bdi>
          {isBot && <BotMark />}
          <Time at={message.sentAt} />
          {message.editedAt && !isUnsent && <Edited at={message.editedAt} />}
        </div>
      )}
      {message.replyTo && !isUnsent && (
        <Quote conversationId={message.conversationId} messageId={message.replyTo} />
      )}
      {isUnsent ? <Unsent /> : <Text message={message} />}
      {message.editedAt && !isFirst && !isUnsent && <Edited at={message.editedAt} />}
      {message.reactions.length > 0 && <Reactions message={message} />}
      {sending === 'failed' && <Failed message={message} />}
    </div>
  )
}

function Text({ message }: { message: TextMessage }) {
  const mentions = useMentions(message)
  const text = message.data ?? ''
  const body = useRef<HTMLDivElement>(null)
  useFoundWords(body, message)
  const content = <MessageText text={text} mentions={mentions} />
  return (
    <div ref={body}>
      {isLong(text) ? <Folded messageId={message.id}>{content}</Folded> : content}
    </div>
  )
}

function Unsent() {
  const { t } = useTranslation('timeline')
  return <p className="text-ink-3 italic">{t('unsent')}</p>
}

function Edited({ at }: { at: string }) {
  const { t, i18n } = useTranslation('timeline')
  return (
    <time
      dateTime={at}
      title={exactTime(at, i18n.language)}
      className="text-meta whitespace-nowrap text-ink-3"
    >
      {t('edited')}
    </time>
  )
}
