import { useTranslation } from 'react-i18next'
import { client } from '../../lib/session/client.ts'
import { TextField } from '../../ui/TextField.tsx'
import { MailPage } from './MailPage.tsx'
import { useStep } from './use-step.ts'

export function ForgotPassword() {
  const { t } = useTranslation('accounts')
  const step = useStep({
    submit: (data) => client.users.askPasswordReset(String(data.get('email')).trim()),
    invalid: t('emailInvalid'),
  })
  return (
    <MailPage
      step={step}
      title={t('forgotTitle')}
      text={t('forgotText')}
      done={t('forgotDone')}
      action={t('sendLink')}
    >
      <TextField label={t('email')} name="email" type="email" autoComplete="email" autoFocus />
    </MailPage>
  )
}
