import type { FailedEvent, Webhook } from '@chatapp/protocol'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Listing } from './Listing.tsx'
import { useList } from './use-list.ts'
import { useTimeText } from './use-time-text.ts'
import { useWork } from './use-work.ts'
import { EVENT_TEXTS } from './words.ts'

interface FailedEventsProps {
  webhook: Webhook
  onRetried: () => void
}

/** What was given up, and a way to try it again. */
export function FailedEvents({ webhook, onRetried }: FailedEventsProps) {
  const { t } = useTranslation('integrations')
  const work = useWork()
  const [isOpen, setOpen] = useState(false)
  const { id, url, failed } = webhook
  const retry = () =>
    work.run(async () => {
      await client.webhooks.retryFailed(id)
      onRetried()
    })
  return (
    <div className="mt-2 rounded-card bg-warn-soft p-3 text-small text-warn-ink">
      <div className="flex flex-wrap items-center gap-2">
        <p className="flex-1 basis-48">{t('failed', { count: failed })}</p>
        <Button
          size="small"
          aria-expanded={isOpen}
          aria-label={t('showFailedOf', { url })}
          onClick={() => setOpen(!isOpen)}
        >
          {t('showFailed')}
        </Button>
        <Button
          size="small"
          isBusy={work.isBusy}
          aria-label={t('retryFailedOf', { url })}
          onClick={retry}
        >
          {t('retryFailed')}
        </Button>
      </div>
      <p role="alert" className="mt-2 empty:hidden">
        {work.problem}
      </p>
      {isOpen && <FailedList key={failed} webhook={webhook} />}
    </div>
  )
}

/** A server that was away for days has missed thousands. */
const SHOWN = 50

async function* someFailed(id: string) {
  yield* (await client.webhooks.failed(id, { limit: SHOWN })).items
}

function FailedList({ webhook: { id, failed } }: { webhook: Webhook }) {
  const { t } = useTranslation('integrations')
  const list = useList(useCallback(() => someFailed(id), [id]))
  return (
    <div className="mt-3">
      <Listing label={t('failedEvents')} list={list} empty={t('failedEmpty')}>
        {(event) => <FailedRow key={event.id} event={event} />}
      </Listing>
      {failed > SHOWN && <p className="mt-2">{t('failedMore', { shown: SHOWN })}</p>}
    </div>
  )
}

function FailedRow({ event }: { event: FailedEvent }) {
  const { t } = useTranslation('integrations')
  const timeText = useTimeText()
  const { type, happenedAt, tries, problem } = event
  return (
    <li className="py-1.5 [overflow-wrap:anywhere]">
      {t('failedEvent', { event: t(EVENT_TEXTS[type]), time: timeText(happenedAt), count: tries })}{' '}
      {problem}
    </li>
  )
}
