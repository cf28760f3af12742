import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationName, useUnreadTotal } from '../../lib/chat/hooks.ts'
import { useBadge } from '../../lib/notifications/badge.ts'

/** In the picture counts stop here; in the data they do not. */
const SHOWN_MAX = 99
/** Browsers take a while over a new title, and nobody reads more of them. */
const PAUSE_MS = 250

/** The tab, and the icon of the installed app, tell how much is unread, where that is wanted; the tab also where one is. */
export function PageTitle({ conversationId }: { conversationId: string | undefined }) {
  const { t } = useTranslation('app')
  const conversation = useConversationName(conversationId ?? '')
  const hasBadge = useBadge((state) => state.hasBadge)
  const total = useUnreadTotal()
  const count = hasBadge ? total : 0
  const name = conversation ? `${conversation} · ${t('name')}` : t('name')
  const unread = count > SHOWN_MAX ? `${SHOWN_MAX}+` : String(count)
  useSometimes(
    () => {
      document.title = count > 0 ? t('titleUnread', { unread, name }) : name
    },
    `${count > 0 ? unread : ''} ${name}`,
  )
  // Only some browsers have it, and only for installed apps.
  useSometimes(() => void navigator.setAppBadge?.(count).catch(() => {}), String(count))
  return null
}

/** Shows the latest of many changes, and each of few. */
function useSometimes(show: () => void, value: string) {
  const latest = useRef(show)
  const timer = useRef<number>(undefined)
  latest.current = show
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every other value
  useEffect(() => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined
      latest.current()
    }, PAUSE_MS)
  }, [value])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
}
