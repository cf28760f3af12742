import type { User } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { SelectRow } from '../../../ui/SelectRow.tsx'
import { Checkbox } from './Checkbox.tsx'
import { DialogForm } from './DialogForm.tsx'
import { ShownOnce } from './ShownOnce.tsx'
import { useGroupOptions } from './use-groups.ts'
import { useWork } from './use-work.ts'

interface NewIncomingProps {
  bots: User[]
  onMade: () => void
  onClose: () => void
}

export function NewIncoming({ bots, onMade, onClose }: NewIncomingProps) {
  const { t } = useTranslation('integrations')
  const groups = useGroupOptions()
  const work = useWork()
  const [botId, setBotId] = useState(bots[0]?.id ?? '')
  const [conversationId, setConversationId] = useState(groups[0]?.value ?? '')
  const [url, setUrl] = useState<string>()
  const create = (data: FormData) =>
    work.run(async () => {
      const mayCallAll = data.has('mayCallAll')
      const made = await client.hooks.create({ conversationId, botId, mayCallAll })
      setUrl(made.url)
      onMade()
    })
  return (
    <Dialog isOpen onClose={onClose} title={t('newIncoming')}>
      {url === undefined ? (
        <DialogForm work={work} onSubmit={create}>
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
        </DialogForm>
      ) : (
        <ShownOnce
          secret={{ label: t('hookUrl'), value: url, hint: t('hookUrlHint') }}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
