import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMembers, usePerson, usePresence } from '../../lib/chat/hooks.ts'
import { closeDetails } from '../../lib/shell/shell.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'

export function Details({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('details')
  const members = Object.keys(useMembers(conversationId) ?? {})
  return (
    <section aria-label={t('details', { ns: 'app' })} className="px-4">
      <div className="flex h-[60px] items-center">
        <h2 className="flex-1 text-title">{t('details', { ns: 'app' })}</h2>
        <IconButton icon={X} label={t('hideDetails', { ns: 'app' })} onClick={closeDetails} />
      </div>
      <h3 className="mt-4 mb-1.5 text-label text-ink-3 uppercase">{t('members')}</h3>
      <ul>
        {members.map((id) => (
          <Member key={id} userId={id} />
        ))}
      </ul>
    </section>
  )
}

function Member({ userId }: { userId: string }) {
  const { t } = useTranslation('presence')
  const person = usePerson(userId)
  const presence = usePresence(userId)
  return (
    <li className="flex h-11 items-center gap-2.5">
      <Avatar
        id={userId}
        name={person?.displayName ?? ''}
        url={person?.avatarUrl}
        size="small"
        presence={presence}
      />
      <span className="min-w-0">
        <span className="block truncate text-row font-medium">{person?.displayName}</span>
        <span className="block text-meta text-ink-3">{presence && t(presence)}</span>
      </span>
    </li>
  )
}
