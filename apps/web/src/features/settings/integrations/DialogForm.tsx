import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import type { Work } from './use-work.ts'

interface DialogFormProps {
  work: Work
  onSubmit: (data: FormData) => void
  children: ReactNode
}

export function DialogForm({ work, onSubmit, children }: DialogFormProps) {
  const { t } = useTranslation('integrations')
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3.5 overflow-y-auto px-5 pb-5">
      {children}
      <p role="alert" className="text-small text-danger empty:hidden">
        {work.problem}
      </p>
      <div className="flex justify-end">
        <Button type="submit" look="primary" isBusy={work.isBusy}>
          {t('create')}
        </Button>
      </div>
    </form>
  )
}
