import type { User } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { SelectRow } from '../../../ui/SelectRow.tsx'
import { Checkbox } from './Checkbox.tsx'
import { NewDialog, type NewProps } from './NewDialog.tsx'
import { useGroupOptions } from './use-groups.ts'

interface NewIncomingProps extends NewProps {
  bots: User[]
}

export function NewIncoming({ bots, ...props }: NewIncomingProps) {
  const { t } = useTranslation('integrations')
  const groups = useGroupOptions()
  const [botId, setBotId] = useState(bots[0]?.id ?? '')
  const [conversationId, setConversationId] = useState(groups[0]?.value ?? '')
  async function create(data: FormData): Promise<string> {
    const mayCallAll = data.has('mayCallAll')
    const made = await client.hooks.create({ conversationId, botId, mayCallAll })
    return made.url
  }
  return (
    <NewDialog
      {...props}
      title={t('newIncoming')}
      secret={{ label: t('hookUrl'), hint: t('hookUrlHint') }}
      create={create}
    >
      <SelectRow
        label={t('bot')}
        value={botId}
        options={bots.map(({ id, username }) => ({ value: id, label: `@${username}` }))}
        onChange={setBotId}
      />
      <SelectRow
        label={t('group')}
        value={conversationId}
        options={groups}
        onChange={setConversationId}
      />
      <p className="text-meta text-ink-3">{t('botMustBeIn')}</p>
      <Checkbox label={t('mayCallAll')} name="mayCallAll" />
    </NewDialog>
  )
}
