import { Navigate } from '@tanstack/react-router'
import { MessageCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConversationIds } from '../../lib/chat/hooks.ts'
import { lastConversationId } from '../../lib/shell/last-conversation.ts'
import { openOverlay } from '../../lib/shell/shell.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PALETTE_KEY } from '../../ui/Kbd.tsx'

/** Where there is room beside the list, the conversation of the last time opens. */
export function Home() {
  const { t } = useTranslation('conversations')
  const ids = useConversationIds()
  const last = lastConversationId()
  const isNarrow = matchMedia('(width < 720px)').matches
  if (!isNarrow && last && ids.includes(last)) {
    return <Navigate to="/c/$conversationId" params={{ conversationId: last }} replace />
  }
  return (
    <main className="min-h-0 flex-1">
      <EmptyState
        isPage
        icon={MessageCircle}
        title={t('chooseTitle')}
        text={t('chooseText', { key: PALETTE_KEY })}
      >
        <Button onClick={() => openOverlay('new-conversation')}>{t('new')}</Button>
      </EmptyState>
    </main>
  )
}
