import type { Webhook, WebhookTest } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FailedEvents } from './FailedEvents.tsx'
import { Row } from './Row.tsx'
import { useGroupName } from './use-groups.ts'
import { useTimeText } from './use-time-text.ts'
import { useWork } from './use-work.ts'
import { EVENT_TEXTS } from './words.ts'

interface OutgoingRowProps {
  webhook: Webhook
  onChanged: () => void
}

export function OutgoingRow({ webhook, onChanged }: OutgoingRowProps) {
  const { t } = useTranslation('integrations')
  const work = useWork()
  // A server that hangs keeps a test for ten seconds; its webhook can be deleted meanwhile.
  const testing = useWork()
  const [isAsking, setAsking] = useState(false)
  const [tested, setTested] = useState<WebhookTest>()
  const { id, url, state } = webhook
  const test = () =>
    testing.run(async () => {
      setTested(undefined)
      setTested(await client.webhooks.test(id))
    })
  const change = (ask: () => Promise<unknown>) =>
    work.run(async () => {
      await ask()
      onChanged()
    })
  const other = state === 'on' ? 'off' : 'on'
  return (
    <Row
      title={url}
      facts={<Facts webhook={webhook} />}
      problem={work.problem ?? testing.problem}
      actions={
        <>
          <Button
            size="small"
            isBusy={testing.isBusy}
            aria-label={t('sendTestTo', { url })}
            onClick={test}
          >
            {t('sendTest')}
          </Button>
          <Button
            size="small"
            isBusy={work.isBusy}
            aria-label={t(other === 'on' ? 'switchOnUrl' : 'switchOffUrl', { url })}
            onClick={() => change(() => client.webhooks.switch(id, other))}
          >
            {t(other === 'on' ? 'switchOn' : 'switchOff')}
          </Button>
          <Button
            look="danger"
            size="small"
            isBusy={work.isBusy}
            aria-label={t('deleteUrl', { url })}
            onClick={() => setAsking(true)}
          >
            {t('delete')}
          </Button>
        </>
      }
    >
      <p role="status" className="mt-2 text-small text-ink-2 empty:hidden">
        {tested && <TestResult of={tested} />}
      </p>
      {webhook.failed > 0 && <FailedEvents webhook={webhook} onRetried={onChanged} />}
      {isAsking && (
        <ConfirmDialog
          title={t('deleteOutgoingTitle')}
          text={t('deleteOutgoingText')}
          action={t('delete')}
          onConfirm={() => change(() => client.webhooks.delete(id))}
          onClose={() => setAsking(false)}
        />
      )}
    </Row>
  )
}

function TestResult({ of: { status, problem } }: { of: WebhookTest }) {
  const { t } = useTranslation('integrations')
  return problem === null ? t('testArrived', { status }) : t('testFailed', { problem })
}

function Facts({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('integrations')
  const { conversationId, events, waiting } = webhook
  const groupName = useGroupName(conversationId ?? '')
  const place = conversationId === null ? t('everyGroup') : groupName
  return (
    <>
      <p>
        {place}: {events.map((event) => t(EVENT_TEXTS[event])).join(', ')}
      </p>
      <p>
        {useStateText(webhook)}
        {waiting > 0 && ` ${t('waiting', { count: waiting })}`}
      </p>
    </>
  )
}

function useStateText({ state, lastTry }: Webhook): string {
  const { t } = useTranslation('integrations')
  const timeText = useTimeText()
  if (state === 'gone') return t('stateGone')
  if (state === 'off') return t('stateOff')
  if (!lastTry) return t('stateNew')
  const { at, status, problem } = lastTry
  return problem === null
    ? t('stateArrived', { time: timeText(at), status })
    : t('stateProblem', { time: timeText(at), problem })
}
