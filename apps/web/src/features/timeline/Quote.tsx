import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { usePerson } from '../../lib/chat/hooks.ts'
import { useQuoted } from '../../lib/chat/quotes.ts'
import { plainLine } from '../../lib/text/plain.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { TimelineContext } from './context.ts'

interface QuoteProps {
  conversationId: string
  messageId: string
}

/** What a message answers, as it is now. Leads there. */
export function Quote({ conversationId, messageId }: QuoteProps) {
  const { t } = useTranslation('timeline')
  const { jump } = useContext(TimelineContext)
  const quoted = useQuoted(conversationId, messageId)
  const author = usePerson(quoted?.senderId ?? '')
  const name = author?.displayName ?? ''
  const text = quoted?.kind === 'text' ? quoted.data : undefined
  return (
    <button
      type="button"
      disabled={!quoted}
      onClick={() => quoted && jump(quoted.position)}
      className="mt-0.5 mb-1 flex max-w-full gap-2 border-l-3 border-line-strong pl-2.5 text-left text-small text-ink-2 hover:border-accent hover:text-ink"
    >
      <VisuallyHidden>{t('answerTo')}</VisuallyHidden>
      {name && <bdi className="max-w-40 shrink-0 truncate font-semibold">{name}</bdi>}
      {text === null ? (
        <i className="truncate">{t('unsent')}</i>
      ) : (
        <bdi className="min-w-0 truncate">{text ? plainLine(text) : t('earlierMessage')}</bdi>
      )}
    </button>
  )
}
