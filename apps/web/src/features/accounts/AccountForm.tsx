import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { type Problem, problemOf } from './problem.ts'

interface AccountFormProps {
  kind: 'signIn' | 'register'
  submit: (username: string, password: string) => Promise<void>
  onDone: () => void
}

/** Both screens ask for the same two things and differ in their words. */
export function AccountForm({ kind, submit, onDone }: AccountFormProps) {
  const { t } = useTranslation('accounts')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isNew = kind === 'register'
  const errorAt = (field: Problem['field']) =>
    problem?.field === field ? t(problem.text) : undefined

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setIsBusy(true)
    try {
      await submit(String(form.get('username')).trim(), String(form.get('password')))
      onDone()
    } catch (error) {
      setProblem(problemOf(error, kind))
      setIsBusy(false)
    }
  }

  return (
    <main className="grid h-full place-items-center overflow-y-auto bg-side p-5">
      <form className="w-full max-w-[380px]" onSubmit={(event) => void onSubmit(event)} noValidate>
        <Mark />
        <h1 className="mt-5 text-page">{t(isNew ? 'registerTitle' : 'signInTitle')}</h1>
        <p className="mt-1 mb-6 text-ink-2">{t(isNew ? 'registerText' : 'signInText')}</p>
        <TextField
          label={t('username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          hint={isNew ? t('usernameHint') : undefined}
          error={errorAt('username')}
        />
        <TextField
          className="mt-3.5"
          label={t('password')}
          name="password"
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
          hint={isNew ? t('passwordHint') : undefined}
          error={errorAt('password')}
        />
        <p role="alert" className="mt-3 text-small text-danger empty:hidden">
          {errorAt('form')}
        </p>
        <Button type="submit" look="primary" size="large" className="mt-5 w-full" disabled={isBusy}>
          {t(isNew ? 'createAccount' : 'signIn')}
        </Button>
        <p className="mt-4 text-small text-ink-2">
          {t(isNew ? 'alreadyHere' : 'newHere')}{' '}
          <Link
            to={isNew ? '/sign-in' : '/register'}
            className="text-accent-ink underline underline-offset-2"
          >
            {t(isNew ? 'signIn' : 'createAccount')}
          </Link>
        </p>
      </form>
    </main>
  )
}
