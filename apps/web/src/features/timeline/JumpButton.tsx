import { ArrowDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useChat } from '../../lib/chat/hooks.ts'
import { Badge } from '../../ui/Badge.tsx'

interface JumpButtonProps {
  conversationId: string
  isShown: boolean
  onClick: () => void
}

/** To the newest message, with how many one has not seen. */
export function JumpButton({ conversationId, isShown, onClick }: JumpButtonProps) {
  const { t } = useTranslation('timeline')
  const count = useChat(({ conversations }) => conversations[conversationId]?.unread ?? 0)
  if (!isShown) return null
  return (
    <button
      type="button"
      onClick={onClick}
      className="absolute right-6 bottom-2 z-10 flex h-9 items-center gap-2 rounded-full border border-line bg-raised px-3.5 text-small font-medium shadow-float transition-colors hover:bg-hover narrow:right-3.5"
    >
      <ArrowDown size={16} strokeWidth={1.75} aria-hidden />
      {t('jumpToNewest')}
      {count > 0 && <Badge count={count} label={t('unread', { ns: 'conversations', count })} />}
    </button>
  )
}
