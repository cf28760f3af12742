import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { setKeywords, useNotificationSettings } from '../../lib/notifications/settings.ts'
import { TextField } from '../../ui/TextField.tsx'

/** Words that call one as a mention does. Kept when the field is left. */
export function Keywords() {
  const { t } = useTranslation('settings')
  const keywords = useNotificationSettings((state) => state.account?.keywords)
  const [error, setError] = useState<string>()
  if (!keywords) return null
  const known = keywords.join(', ')
  async function save(text: string) {
    const words = text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
    if (words.join(', ') === known) return setError(undefined)
    await setKeywords(words).then(
      () => setError(undefined),
      (problem: unknown) => setError(problemText(problem)),
    )
  }
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    void save(String(new FormData(event.currentTarget).get('keywords') ?? ''))
  }
  return (
    <form onSubmit={onSubmit} className="mt-2">
      <TextField
        key={known}
        label={t('keywords')}
        name="keywords"
        autoComplete="off"
        defaultValue={known}
        hint={t('keywordsHint')}
        error={error}
        onBlur={(event) => void save(event.currentTarget.value)}
      />
    </form>
  )
}
