import type { TextMessage } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { discardMessage, retryMessage } from '../../lib/chat/actions.ts'

/** The text is kept; what becomes of it is the author's decision. */
export function Failed({ message: { clientId } }: { message: TextMessage }) {
  const { t } = useTranslation('timeline')
  const look = 'font-semibold underline underline-offset-3'
  return (
    <p role="alert" className="flex gap-3 text-meta text-danger">
      {t('notSent')}
      <button type="button" className={look} onClick={() => retryMessage(clientId)}>
        {t('retry', { ns: 'app' })}
      </button>
      <button type="button" className={look} onClick={() => discardMessage(clientId)}>
        {t('discard')}
      </button>
    </p>
  )
}
