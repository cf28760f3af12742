import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { type Push, type PushTest, testPush } from '../../lib/notifications/push.ts'
import { resumePush, useNotificationSettings } from '../../lib/notifications/settings.ts'
import { Button } from '../../ui/Button.tsx'

/** Whether this device hears of messages also while ChatApp is closed; if not, why. */
export function PushHere() {
  const { t } = useTranslation('settings')
  const push = useNotificationSettings((state) => state.push)
  const [isTrying, setTrying] = useState(false)
  const retry = () => {
    setTrying(true)
    void resumePush().finally(() => setTrying(false))
  }
  return (
    <div className="grid justify-items-start gap-2 text-small text-ink-2">
      <p role="status">{usePushText(push)}</p>
      {push.kind === 'on' && <TestPush subscriptionId={push.subscriptionId} />}
      {push.kind === 'failed' && (
        <Button size="small" onClick={retry} isBusy={isTrying}>
          {t('retry', { ns: 'app' })}
        </Button>
      )}
    </div>
  )
}

function usePushText(push: Push): string {
  const { t } = useTranslation('settings')
  switch (push.kind) {
    case 'off':
      return t('pushStarting')
    case 'on':
      return t('pushOn')
    case 'impossible':
      return t(push.why === 'insecure' ? 'pushInsecure' : 'pushUnsupported')
    case 'failed':
      return t(push.why === 'server' ? 'pushServerFailed' : 'pushServiceFailed')
  }
}

function TestPush({ subscriptionId }: { subscriptionId: string }) {
  const { t } = useTranslation('settings')
  const [state, setState] = useState<'idle' | 'sending' | PushTest | { problem: string }>('idle')
  const send = () => {
    setState('sending')
    testPush(subscriptionId).then(setState, (error: unknown) =>
      setState({ problem: problemText(error) }),
    )
  }
  return (
    <>
      <Button size="small" onClick={send} isBusy={state === 'sending'}>
        {t('pushTest')}
      </Button>
      <p role="status">{typeof state === 'object' && <Result of={state} />}</p>
    </>
  )
}

function Result({ of }: { of: PushTest | { problem: string } }) {
  const { t } = useTranslation('settings')
  if ('problem' in of) return of.problem
  switch (of.outcome) {
    case 'sent':
      return t('pushTestSent')
    case 'gone':
      return t('pushTestGone')
    case 'refused':
      return t('pushTestRefused', { status: of.status })
    case 'failed':
    case 'given-up':
    case 'forbidden-address':
      return t('pushTestFailed')
  }
}
