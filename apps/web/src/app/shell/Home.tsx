import { Navigate } from '@tanstack/react-router'
import { MessageCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useChat, useConversationIds } from '../../lib/chat/hooks.ts'
import type { ChatState } from '../../lib/chat/state.ts'
import { lastConversationId } from '../../lib/shell/last-conversation.ts'
import { openOverlay } from '../../lib/shell/shell.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PALETTE_KEY } from '../../ui/Kbd.tsx'
import { Welcome } from './Welcome.tsx'

/** Where there is room beside the list, the conversation of the last time opens. */
export function Home() {
  const ids = useConversationIds()
  const lobbyId = useChat(selectEmptyLobby)
  const last = lastConversationId()
  const isNarrow = matchMedia('(width < 720px)').matches
  if (!isNarrow && last && ids.includes(last)) {
    return <Navigate to="/c/$conversationId" params={{ conversationId: last }} replace />
  }
  return (
    <main className="min-h-0 flex-1">{lobbyId ? <Welcome lobbyId={lobbyId} /> : <Choose />}</main>
  )
}

function Choose() {
  const { t } = useTranslation('conversations')
  return (
    <EmptyState
      isPage
      icon={MessageCircle}
      title={t('chooseTitle')}
      text={t('chooseText', { key: PALETTE_KEY })}
    >
      <Button onClick={() => openOverlay('new-conversation')}>{t('new')}</Button>
    </EmptyState>
  )
}

/** The lobby that nobody else has come to yet. */
function selectEmptyLobby({ conversations }: ChatState): string | undefined {
  const [only, ...others] = Object.values(conversations)
  return only?.lobby && only.memberCount === 1 && others.length === 0 ? only.id : undefined
}
