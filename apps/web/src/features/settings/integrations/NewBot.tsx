import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { DialogForm } from './DialogForm.tsx'
import { ShownOnce } from './ShownOnce.tsx'
import { useWork } from './use-work.ts'

interface NewBotProps {
  onMade: () => void
  onClose: () => void
}

export function NewBot({ onMade, onClose }: NewBotProps) {
  const { t } = useTranslation('integrations')
  const work = useWork()
  const [token, setToken] = useState<string>()
  const create = (data: FormData) =>
    work.run(async () => {
      const displayName = String(data.get('displayName')).trim()
      const username = String(data.get('username')).trim()
      const made = await client.bots.create({ username, ...(displayName && { displayName }) })
      setToken(made.token)
      onMade()
    })
  return (
    <Dialog isOpen onClose={onClose} title={t('newBot')}>
      {token === undefined ? (
        <DialogForm work={work} onSubmit={create}>
          <TextField
            label={t('username')}
            name="username"
            autoComplete="off"
            autoCapitalize="none"
            data-first-focus
          />
          <TextField
            label={t('displayName')}
            name="displayName"
            autoComplete="off"
            hint={t('displayNameHint')}
          />
        </DialogForm>
      ) : (
        <ShownOnce
          secret={{ label: t('token'), value: token, hint: t('tokenHint') }}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
