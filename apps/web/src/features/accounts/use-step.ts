import { ChatError } from '@chatapp/protocol'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/i18n/problem-text.ts'

export interface Step {
  state: 'open' | 'busy' | 'done'
  problem: string | null
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  onChange: () => void
}

interface StepTask {
  submit: (data: FormData) => Promise<void>
  /** Said of input that the server refuses. */
  invalid: string
}

export function useStep({ submit, invalid }: StepTask): Step {
  const { t } = useTranslation('accounts')
  const [state, setState] = useState<Step['state']>('open')
  const [problem, setProblem] = useState<string | null>(null)
  function explain(error: unknown): string {
    const code = error instanceof ChatError ? error.code : null
    if (code === 'not-found') return t('linkEnded')
    return code === 'invalid' ? invalid : problemText(error)
  }
  async function send(form: HTMLFormElement) {
    setState('busy')
    try {
      await submit(new FormData(form))
      setState('done')
    } catch (error) {
      setProblem(explain(error))
      setState('open')
    }
  }
  return {
    state,
    problem,
    onSubmit: (event) => {
      event.preventDefault()
      if (state === 'open') void send(event.currentTarget)
    },
    onChange: () => setProblem(null),
  }
}
