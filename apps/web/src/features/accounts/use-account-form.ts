import { type FormEvent, useState } from 'react'
import { type Problem, problemBefore, problemOf } from './problem.ts'

export interface AccountFormTask {
  kind: 'signIn' | 'register'
  submit: (username: string, password: string) => Promise<void>
  onDone: () => void
}

/** What is wrong is said at its field, and the focus goes there. */
export function useAccountForm({ kind, submit, onDone }: AccountFormTask) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  async function send(form: HTMLFormElement) {
    const data = new FormData(form)
    const username = String(data.get('username')).trim()
    const password = String(data.get('password'))
    const fail = (found: Problem) => {
      setProblem(found)
      setIsBusy(false)
      const field = form.elements.namedItem(found.field === 'form' ? 'password' : found.field)
      if (field instanceof HTMLInputElement) field.focus()
    }
    const missing = problemBefore({ username, password }, kind)
    if (missing) return fail(missing)
    setIsBusy(true)
    try {
      await submit(username, password)
      onDone()
    } catch (error) {
      fail(problemOf(error, kind))
    }
  }

  return {
    problem,
    isBusy,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault()
      void send(event.currentTarget)
    },
    /** What was wrong may be right now. */
    onChange: () => setProblem(null),
  }
}
