import type { SystemMessage } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { usePeopleNamed, usePerson } from '../lib/chat/hooks.ts'

/** Who did what in a conversation. */
export function SystemSentence({ message: { event, senderId } }: { message: SystemMessage }) {
  const { t } = useTranslation('timeline')
  const somebody = t('somebody', { ns: 'app' })
  const name = usePerson(senderId)?.displayName ?? somebody
  // As the one who does something, and as the one to whom it is done.
  const others = usePeopleNamed(idsIn(event), event.type === 'left' ? somebody : t('somebodyElse'))
  switch (event.type) {
    case 'created':
    case 'renamed':
      return t(event.type, { name, title: event.title })
    case 'joined': {
      const isSelf = event.userIds.length === 1 && event.userIds[0] === senderId
      return isSelf ? t('joinedSelf', { name }) : t('joined', { name, people: others })
    }
    case 'left':
      return t('left', { name: others })
    case 'removed':
      return t('removed', { name, person: others })
  }
}

function idsIn(event: SystemMessage['event']): string[] {
  if ('userIds' in event) return event.userIds
  return 'userId' in event ? [event.userId] : []
}
