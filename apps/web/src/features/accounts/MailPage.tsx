import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import type { Step } from './use-step.ts'

interface MailPageProps {
  step: Step
  title: string
  text: string
  /** Said once it is done. */
  done: string
  action: string
  children?: ReactNode
}

/** A page that a mail leads to or comes from: one thing to do, and then a way on. */
export function MailPage({ step, title, text, done, action, children }: MailPageProps) {
  const { t } = useTranslation('accounts')
  const { state, problem, onSubmit, onChange } = step
  const isDone = state === 'done'
  return (
    <main className="grid h-full place-items-center overflow-y-auto bg-side p-5">
      <form className="w-full max-w-[380px]" onSubmit={onSubmit} onChange={onChange} noValidate>
        <Mark />
        <h1 className="mt-5 text-page">{title}</h1>
        <p role="status" className="mt-1 mb-6 text-ink-2">
          {isDone ? done : text}
        </p>
        {!isDone && children}
        <p role="alert" className="mt-3 text-small text-danger empty:hidden">
          {problem}
        </p>
        {!isDone && (
          <Button
            type="submit"
            look="primary"
            size="large"
            className="mt-5 w-full"
            isBusy={state === 'busy'}
          >
            {action}
          </Button>
        )}
        <p className="mt-4 text-small">
          <Link to="/" className="text-accent-ink underline underline-offset-2">
            {t('goOn')}
          </Link>
        </p>
      </form>
    </main>
  )
}
