import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../../lib/text/copy.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/TextField.tsx'

export interface Secret {
  label: string
  value: string
  /** Where it belongs. */
  hint: string
}

/** The content of a dialog: what the server tells this once. */
export function ShownOnce({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { t } = useTranslation('integrations')
  const [isCopied, setCopied] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  // What had the focus went with the form.
  useEffect(() => field.current?.focus(), [])
  return (
    <div className="grid gap-3.5 px-5 pb-5">
      <TextField
        ref={field}
        label={secret.label}
        hint={secret.hint}
        value={secret.value}
        readOnly
        data-first-focus
        onFocus={(event) => event.currentTarget.select()}
      />
      <p className="rounded-card bg-warn-soft px-3 py-2 text-small text-warn-ink">
        {t('shownOnce')}
      </p>
      <p role="status" className="text-small text-ink-2 empty:hidden">
        {isCopied && t('copied')}
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={() => void copyText(secret.value).then(() => setCopied(true))}>
          {t('copy')}
        </Button>
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
