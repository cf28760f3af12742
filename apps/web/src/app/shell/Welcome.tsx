import { Link } from '@tanstack/react-router'
import { Hand } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConversationName, useSelf } from '../../lib/chat/hooks.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { copyText } from '../../lib/text/copy.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** For who is the first one here: how the others come. */
export function Welcome({ lobbyId }: { lobbyId: string }) {
  const { t } = useTranslation('conversations')
  const name = useSelf()?.displayName ?? ''
  const lobby = useConversationName(lobbyId)
  const { origin } = location
  async function copy() {
    await copyText(origin)
    showNotice(t('addressCopied'))
  }
  return (
    <EmptyState
      isPage
      icon={Hand}
      title={t('welcomeTitle', { name })}
      text={t('welcomeText', { lobby })}
    >
      <div className="grid justify-items-center gap-4">
        <code className="rounded-control bg-code px-3 py-1.5 text-small [overflow-wrap:anywhere]">
          {origin}
        </code>
        <div className="flex flex-wrap items-center justify-center gap-4">
          <Button look="primary" onClick={() => void copy()}>
            {t('copyAddress')}
          </Button>
          <Link
            to="/c/$conversationId"
            params={{ conversationId: lobbyId }}
            className="text-accent-ink underline underline-offset-2"
          >
            {t('openLobby', { lobby })}
          </Link>
        </div>
      </div>
    </EmptyState>
  )
}
