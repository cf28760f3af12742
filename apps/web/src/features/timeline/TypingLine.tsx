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
    <p className="flex h-[22px] shrink-0 items-center gap-2 px-6 text-meta text-ink-3 narrow:px-3.5">
      {ids.length > 0 && (
        <>
          <Dots />
          <bdi className="truncate">{t('typing', { count: ids.length, names })}</bdi>
        </>
      )}
    </p>
  )
}

function Dots() {
  return (
    <span aria-hidden className="inline-flex gap-[3px]">
      {[0, 1, 2].map((n) => (
        <i
          key={n}
          className="size-1 rounded-full bg-ink-3 motion-safe:animate-pulse"
          style={{ animationDelay: `${n * DELAY_MS}ms` }}
        />
      ))}
    </span>
  )
}

const DELAY_MS = 200
