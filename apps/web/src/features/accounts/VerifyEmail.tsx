import { useTranslation } from 'react-i18next'
import { client } from '../../lib/session/client.ts'
import { MailPage } from './MailPage.tsx'
import { useStep } from './use-step.ts'

/** By a button: programs that look at mail follow its links. */
export function VerifyEmail({ token }: { token: string }) {
  const { t } = useTranslation('accounts')
  const step = useStep({
    submit: () => client.users.verifyEmail(token),
    invalid: t('linkEnded'),
  })
  return (
    <MailPage
      step={step}
      title={t('verifyTitle')}
      text={t('verifyText')}
      done={t('verifyDone')}
      action={t('verify')}
    />
  )
}
