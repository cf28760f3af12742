import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationName, useUnreadTotal } from '../../lib/chat/hooks.ts'

/** In the picture counts stop here; in the data they do not. */
const SHOWN_MAX = 99

/** The tab, and the icon of the installed app, tell how much is unread; the tab also where one is. */
export function useTitle(conversationId: string | undefined) {
  const { t } = useTranslation('app')
  const conversation = useConversationName(conversationId ?? '')
  const count = useUnreadTotal()
  useEffect(() => {
    const name = conversation ? `${conversation} · ${t('name')}` : t('name')
    const unread = count > SHOWN_MAX ? `${SHOWN_MAX}+` : String(count)
    document.title = count > 0 ? t('titleUnread', { unread, name }) : name
  }, [t, conversation, count])
  useEffect(() => {
    // Only some browsers have it, and only for installed apps.
    navigator.setAppBadge?.(count).catch(() => {})
  }, [count])
}
