import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Forgotten } from './Forgotten.tsx'
import type { Problem } from './problem.ts'
import { type AccountFormTask, useAccountForm } from './use-account-form.ts'

interface AccountFormProps extends AccountFormTask {
  /** Said above the form: why one is here again. */
  notice?: string | undefined
}

/** Both screens ask for the same two things and differ in their words. */
export function AccountForm({ notice, ...props }: AccountFormProps) {
  const { t } = useTranslation('accounts')
  const { problem, isBusy, onSubmit, onChange } = useAccountForm(props)
  const isNew = props.kind === 'register'
  const errorAt = (field: Problem['field']) =>
    problem?.field === field ? t(problem.text) : undefined
  return (
    <main className="grid h-full place-items-center overflow-y-auto bg-side p-5">
      <form className="w-full max-w-[380px]" onSubmit={onSubmit} onChange={onChange} noValidate>
        <Mark />
        <h1 className="mt-5 text-page">{t(isNew ? 'registerTitle' : 'signInTitle')}</h1>
        <p className="mt-1 mb-6 text-ink-2">{t(isNew ? 'registerText' : 'signInText')}</p>
        {notice && (
          <p role="status" className="mb-5 rounded-card bg-accent-soft px-3 py-2 text-small">
            {notice}
          </p>
        )}
        <TextField
          label={t('username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          autoFocus
          hint={isNew ? t('usernameHint') : undefined}
          error={errorAt('username')}
        />
        <PasswordField
          className="mt-3.5"
          label={t('password')}
          name="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
          hint={isNew ? t('passwordHint') : undefined}
          error={errorAt('password')}
        />
        <p role="alert" className="mt-3 text-small text-danger empty:hidden">
          {errorAt('form')}
        </p>
        <Button type="submit" look="primary" size="large" className="mt-5 w-full" isBusy={isBusy}>
          {t(isNew ? 'createAccount' : 'signIn')}
        </Button>
        <OtherScreen isNew={isNew} />
        {!isNew && <Forgotten />}
      </form>
    </main>
  )
}

function OtherScreen({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation('accounts')
  return (
    <p className="mt-4 text-small text-ink-2">
      {t(isNew ? 'alreadyHere' : 'newHere')}{' '}
      <Link
        to={isNew ? '/sign-in' : '/register'}
        className="text-accent-ink underline underline-offset-2"
      >
        {t(isNew ? 'signIn' : 'createAccount')}
      </Link>
    </p>
  )
}
