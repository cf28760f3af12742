import { ChatError } from '@chatapp/protocol'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { Button } from '../../ui/Button.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { Section } from './Section.tsx'

type Wrong = { field: 'current' | 'new' | 'form'; text: string }

export function Password() {
  const { t } = useTranslation('settings')
  const { wrong, isBusy, onSubmit, onChange } = usePasswordForm()
  const errorAt = (field: Wrong['field']) => (wrong?.field === field ? wrong.text : undefined)
  return (
    <Section id="password" title={t('passwordTitle')} text={t('passwordText')}>
      <form onSubmit={onSubmit} onChange={onChange} noValidate className="grid gap-3.5">
        <PasswordField
          label={t('currentPassword')}
          name="current"
          autoComplete="current-password"
          error={errorAt('current')}
        />
        <PasswordField
          label={t('newPassword')}
          name="new"
          autoComplete="new-password"
          hint={t('newPasswordHint')}
          error={errorAt('new')}
        />
        <p role="alert" className="text-small text-danger empty:hidden">
          {errorAt('form')}
        </p>
        <div>
          <Button type="submit" isBusy={isBusy}>
            {t('changePassword')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function usePasswordForm() {
  const { t } = useTranslation('settings')
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  async function send(form: HTMLFormElement) {
    const data = new FormData(form)
    setIsBusy(true)
    try {
      await client.users.changePassword(String(data.get('current')), String(data.get('new')))
      form.reset()
      showNotice(t('passwordChanged'))
    } catch (error) {
      setWrong(wrongOf(error))
    }
    setIsBusy(false)
  }
  function wrongOf(error: unknown): Wrong {
    const code = error instanceof ChatError ? error.code : null
    if (code === 'forbidden') return { field: 'current', text: t('currentPasswordWrong') }
    if (code === 'invalid') return { field: 'new', text: t('newPasswordInvalid') }
    return { field: 'form', text: problemText(error) }
  }
  return {
    wrong,
    isBusy,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault()
      void send(event.currentTarget)
    },
    onChange: () => setWrong(null),
  }
}
