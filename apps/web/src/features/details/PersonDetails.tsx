import { useTranslation } from 'react-i18next'
import { useConversation, usePerson, usePresence, useSelf } from '../../lib/chat/hooks.ts'
import { otherPersonId } from '../../lib/chat/select.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { OwnSettings } from './OwnSettings.tsx'

/** Who one talks to. */
export function PersonDetails({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('presence')
  const conversation = useConversation(conversationId)
  const self = useSelf()
  const otherId = conversation ? otherPersonId(conversation, self?.id) : null
  const person = usePerson(otherId ?? '')
  const presence = usePresence(otherId)
  if (!conversation || !person) return null
  return (
    <>
      <div className="flex flex-col items-center pt-2 pb-5 text-center">
        <Avatar id={person.id} name={person.displayName} url={person.avatarUrl} size="large" />
        <p className="mt-3 max-w-full text-title break-words">{person.displayName}</p>
        <p className="text-small text-ink-3">
          @{person.username}
          {presence && ` · ${t(presence)}`}
        </p>
        {person.bio && (
          <p className="mt-3 max-w-full text-row break-words whitespace-pre-line text-ink-2">
            {person.bio}
          </p>
        )}
      </div>
      <OwnSettings conversation={conversation} />
    </>
  )
}
