import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationName, useUnreadTotal } from '../../lib/chat/hooks.ts'

/** The tab tells how much is unread, and where one is. */
export function useTitle(conversationId: string | undefined) {
  const { t } = useTranslation('app')
  const conversation = useConversationName(conversationId ?? '')
  const count = useUnreadTotal()
  useEffect(() => {
    const name = conversation ? `${conversation} · ${t('name')}` : t('name')
    document.title = count > 0 ? t('titleUnread', { count, name }) : name
  }, [t, conversation, count])
}
