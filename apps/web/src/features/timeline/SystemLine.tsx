import type { SystemMessage } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { useChat, usePerson } from '../../lib/chat/hooks.ts'

/** Who did what, in one quiet line. */
export function SystemLine({ message }: { message: SystemMessage }) {
  return (
    <div className="py-1.5 pl-[52px] text-small text-ink-3">
      <Sentence message={message} />
    </div>
  )
}

function Sentence({ message: { event, senderId } }: { message: SystemMessage }) {
  const { t } = useTranslation('timeline')
  const somebody = t('somebody', { ns: 'app' })
  const name = usePerson(senderId)?.displayName ?? somebody
  const names = useChat(({ people }) => namesIn(event, (id) => people[id]?.displayName ?? somebody))
  switch (event.type) {
    case 'created':
    case 'renamed':
      return t(event.type, { name, title: event.title })
    case 'joined': {
      const isSelf = event.userIds.length === 1 && event.userIds[0] === senderId
      return isSelf ? t('joinedSelf', { name }) : t('joined', { name, people: names })
    }
    case 'left':
      return t('left', { name: names })
    case 'removed':
      return t('removed', { name, person: names })
  }
}

function namesIn(event: SystemMessage['event'], nameOf: (id: string) => string): string {
  if ('userIds' in event) return event.userIds.map(nameOf).join(', ')
  return 'userId' in event ? nameOf(event.userId) : ''
}
