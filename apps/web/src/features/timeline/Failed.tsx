import type { TextMessage } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { discardMessage, retryMessage } from '../../lib/chat/actions.ts'
import { classNames } from '../../ui/class-names.ts'

/** The text is kept; what becomes of it is the author's decision. */
export function Failed({ message: { clientId } }: { message: TextMessage }) {
  const { t } = useTranslation('timeline')
  return (
    <div className="-ml-0.5 flex flex-wrap items-center gap-x-1 text-meta text-danger">
      <span role="alert" className="mr-1 ml-0.5">
        {t('notSent')}
      </span>
      <Way text={t('retry', { ns: 'app' })} next="article" onClick={() => retryMessage(clientId)} />
      <Way text={t('discard')} next="[role=log]" onClick={() => discardMessage(clientId)} />
    </div>
  )
}

interface WayProps {
  text: string
  /** Where the keyboard goes on: the button goes with what it ends. */
  next: string
  onClick: () => void
}

function Way({ text, next, onClick }: WayProps) {
  return (
    <button
      type="button"
      className={classNames(
        'h-6 rounded-control px-1.5 font-semibold underline underline-offset-3',
        'hover:bg-danger-soft',
      )}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>(next)?.focus({ preventScroll: true })
        onClick()
      }}
    >
      {text}
    </button>
  )
}
