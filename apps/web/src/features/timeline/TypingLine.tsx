import { useTranslation } from 'react-i18next'
import { useChat, useTyping } from '../../lib/chat/hooks.ts'

/** Its place is always there, so that nothing jumps. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('timeline')
  const ids = useTyping(conversationId)
  const names = useChat(({ people }) =>
    ids.map((id) => people[id]?.displayName ?? t('somebody', { ns: 'app' })).join(', '),
  )
  return (
    <p className="h-[22px] shrink-0 truncate px-6 text-meta text-ink-3 narrow:px-3.5">
      {ids.length > 0 && t('typing', { count: ids.length, names })}
    </p>
  )
}
