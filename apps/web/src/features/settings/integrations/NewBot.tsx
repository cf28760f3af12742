import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { TextField } from '../../../ui/TextField.tsx'
import { NewDialog, type NewProps } from './NewDialog.tsx'

export function NewBot(props: NewProps) {
  const { t } = useTranslation('integrations')
  return (
    <NewDialog
      {...props}
      title={t('newBot')}
      secret={{ label: t('token'), hint: t('tokenHint') }}
      create={create}
    >
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
    </NewDialog>
  )
}

async function create(data: FormData): Promise<string> {
  const displayName = String(data.get('displayName')).trim()
  const username = String(data.get('username')).trim()
  const made = await client.bots.create({ username, ...(displayName && { displayName }) })
  return made.token
}
