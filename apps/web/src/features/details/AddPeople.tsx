import type { User } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationFacts } from '../../lib/chat/facts.ts'
import { useMembers } from '../../lib/chat/hooks.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { PeoplePicker } from '../../ui/PeoplePicker.tsx'
import { attempt } from './update.ts'

interface AddPeopleProps {
  conversation: ConversationFacts
  onClose: () => void
}

export function AddPeople({ conversation: { id, title }, onClose }: AddPeopleProps) {
  const { t } = useTranslation('details')
  const members = useMembers(id)
  const [chosen, setChosen] = useState<User[]>([])
  async function add() {
    const userIds = chosen.map((user) => user.id)
    const isDone = await attempt(async () => {
      const { added } = await client.conversations.addMembers(id, userIds)
      showNotice(t('added', { count: added.length }))
    })
    if (isDone) onClose()
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('addPeopleTo', { title: title ?? '' })}>
      <PeoplePicker
        chosen={chosen}
        onChange={setChosen}
        refusal={(user) => (members?.[user.id] ? t('alreadyIn') : null)}
      />
      <div className="flex justify-end gap-2 border-t border-line px-5 py-4">
        <Button onClick={onClose}>{t('cancel', { ns: 'app' })}</Button>
        <Button look="primary" disabled={chosen.length === 0} onClick={() => void add()}>
          {t('add')}
        </Button>
      </div>
    </Dialog>
  )
}
