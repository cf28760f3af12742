import type { User } from '@chatapp/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showConversation } from '../../lib/chat/actions.ts'
import { client } from '../../lib/session/client.ts'
import { closeOverlay } from '../../lib/shell/shell.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'

/** A first version: opens the direct conversation with a person. */
export function NewConversation() {
  const { t } = useTranslation('conversations')
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const people = usePeopleNamed(query)
  async function open(userId: string) {
    const conversation = await client.conversations.openDirect(userId)
    showConversation(conversation)
    closeOverlay()
    await navigate({ to: '/c/$conversationId', params: { conversationId: conversation.id } })
  }
  return (
    <Dialog isOpen onClose={closeOverlay} title={t('new')}>
      <TextField
        className="px-5"
        label={t('person')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="min-h-40 overflow-y-auto p-3">
        {people.map(({ id, displayName, avatarUrl, username }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => void open(id)}
              className="flex h-12 w-full items-center gap-3 rounded-card px-2 text-left hover:bg-hover"
            >
              <Avatar id={id} name={displayName} url={avatarUrl} size="small" />
              {displayName}
              <span className="text-small text-ink-3">{username}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function usePeopleNamed(query: string): User[] {
  const [people, setPeople] = useState<User[]>([])
  useEffect(() => {
    let isCurrent = true
    client.users.find(query, { limit: 20 }).then(
      ({ items }) => isCurrent && setPeople(items),
      // Offline: what was found before stays.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [query])
  return people
}
