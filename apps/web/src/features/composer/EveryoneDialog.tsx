import { useTranslation } from 'react-i18next'
import { useConversation, useConversationName } from '../../lib/chat/hooks.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

interface EveryoneDialogProps {
  conversationId: string
  onConfirm: () => void
  onClose: () => void
}

/** Asks before everybody in a larger group is called. */
export function EveryoneDialog({ conversationId, onConfirm, onClose }: EveryoneDialogProps) {
  const { t } = useTranslation('composer')
  const name = useConversationName(conversationId)
  const count = useConversation(conversationId)?.memberCount ?? 0
  return (
    <ConfirmDialog
      title={t('everyoneTitle', { count })}
      text={t('everyoneText', { name })}
      action={t('send')}
      look="primary"
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
