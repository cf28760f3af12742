import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationName } from '../../lib/chat/hooks.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'

const ConfirmDialog = lazy(async () => ({
  default: (await import('../../ui/ConfirmDialog.tsx')).ConfirmDialog,
}))

interface LeaveDialogProps {
  conversationId: string
  onClose: () => void
  onLeft: () => void
}

export function LeaveDialog({ conversationId, onClose, onLeft }: LeaveDialogProps) {
  const { t } = useTranslation('conversations')
  const name = useConversationName(conversationId)
  async function leave() {
    try {
      await client.conversations.leave(conversationId)
      onLeft()
    } catch {
      showNotice(t('changeFailed'))
    }
  }
  return (
    <Suspense>
      <ConfirmDialog
        title={t('leaveTitle', { name })}
        text={t('leaveText')}
        action={t('leave')}
        onConfirm={() => void leave()}
        onClose={onClose}
      />
    </Suspense>
  )
}
