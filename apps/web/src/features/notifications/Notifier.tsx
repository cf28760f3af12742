import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { tellFocus } from '../../lib/chat/live.ts'
import { isLookedAt } from '../../lib/chat/seen.ts'
import { resumePush, useNotificationSettings } from '../../lib/notifications/settings.ts'
import { startNotifier } from './notifier.ts'
import { tellOnScreen } from './tabs.ts'
import { withdrawRead } from './withdraw.ts'

/** Tells on the screen what is new, when that is wanted. Shows nothing in the page. */
export function Notifier({ conversationId }: { conversationId: string | undefined }) {
  const navigate = useNavigate()
  const isWanted = useNotificationSettings(
    ({ isOn, permission }) => isOn && permission === 'granted',
  )
  const isPushed = useNotificationSettings(({ push }) => push.kind === 'on')
  useEffect(() => {
    if (isWanted) void resumePush()
  }, [isWanted])
  useEffect(withdrawRead, [])
  useOnScreen(conversationId)
  useEffect(() => {
    // What is pushed the service worker shows, and each message once.
    if (!isWanted || isPushed || !navigator.locks) return
    return startNotifier((id, position) => {
      const params = { conversationId: id, position: String(position) }
      void navigate({ to: '/c/$conversationId/$position', params })
    })
  }, [isWanted, isPushed, navigate])
  return null
}

/** What is looked at here needs no notification, in any tab or on any device. */
function useOnScreen(conversationId: string | undefined) {
  useEffect(() => {
    if (!conversationId) return
    const listening = new AbortController()
    const { signal } = listening
    let looking: AbortController | null = null
    const follow = () => {
      const isOver = signal.aborted || !isLookedAt()
      if (isOver === (looking === null)) return
      tellFocus(isOver ? null : conversationId)
      looking?.abort()
      looking = isOver ? null : new AbortController()
      if (looking && navigator.locks) tellOnScreen(conversationId, looking.signal)
    }
    follow()
    addEventListener('focus', follow, { signal })
    addEventListener('blur', follow, { signal })
    document.addEventListener('visibilitychange', follow, { signal })
    return () => {
      listening.abort()
      follow()
    }
  }, [conversationId])
}
