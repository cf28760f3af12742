import { useTranslation } from 'react-i18next'
import { client } from '../../lib/session/client.ts'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { MailPage } from './MailPage.tsx'
import { useStep } from './use-step.ts'

export function ResetPassword({ token }: { token: string }) {
  const { t } = useTranslation('accounts')
  const step = useStep({
    submit: (data) => client.users.resetPassword(token, String(data.get('password'))),
    invalid: t('passwordInvalid'),
  })
  return (
    <MailPage
      step={step}
      title={t('resetTitle')}
      text={t('resetText')}
      done={t('resetDone')}
      action={t('setPassword')}
    >
      <PasswordField
        label={t('newPassword')}
        name="password"
        autoComplete="new-password"
        hint={t('passwordHint')}
        autoFocus
      />
    </MailPage>
  )
}
