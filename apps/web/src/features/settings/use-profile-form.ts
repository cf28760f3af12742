import { ChatError } from '@chatapp/protocol'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showSelf } from '../../lib/chat/actions.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'

const FIELDS = ['displayName', 'bio', 'email'] as const
type Field = (typeof FIELDS)[number]
type Wrong = Partial<Record<Field, string>>

export function useProfileForm() {
  const { t } = useTranslation(['settings', 'app'])
  const [wrong, setWrong] = useState<Wrong>({})
  const [formProblem, setFormProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  async function send(form: HTMLFormElement) {
    const data = new FormData(form)
    const text = (field: Field) => String(data.get(field)).trim()
    const [displayName, bio, email] = [text('displayName'), text('bio'), text('email')]
    setIsBusy(true)
    try {
      showSelf(await client.users.updateMe({ displayName, bio, email: email || null }))
      showNotice(t('saved', { ns: 'app' }))
    } catch (error) {
      explain(error)
    }
    setIsBusy(false)
  }

  function explain(error: unknown) {
    const paths = error instanceof ChatError ? error.errors?.map(({ path }) => path) : undefined
    const found = FIELDS.filter((field) => paths?.includes(field))
    if (found.length === 0) return setFormProblem(problemText(error))
    setWrong(Object.fromEntries(found.map((field) => [field, t(`${field}Invalid`)])))
  }

  return {
    wrong,
    formProblem,
    isBusy,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault()
      void send(event.currentTarget)
    },
    onChange: () => {
      setWrong({})
      setFormProblem(null)
    },
  }
}
