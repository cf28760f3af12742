import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useNotificationSettings } from '../../lib/notifications/settings.ts'
import { startNotifier } from './notifier.ts'
import { tellOnScreen } from './tabs.ts'

/** Tells on the screen what is new, when that is wanted. Shows nothing in the page. */
export function Notifier({ conversationId }: { conversationId: string | undefined }) {
  const navigate = useNavigate()
  const isWanted = useNotificationSettings(
    ({ isOn, permission }) => isOn && permission === 'granted',
  )
  useOnScreen(conversationId)
  useEffect(() => {
    if (!isWanted || !navigator.locks) return
    return startNotifier((id, position) => {
      const params = { conversationId: id, position: String(position) }
      void navigate({ to: '/c/$conversationId/$position', params })
    })
  }, [isWanted, navigate])
  return null
}

/** While this tab has the focus, its conversation needs no notifications in any tab. */
function useOnScreen(conversationId: string | undefined) {
  useEffect(() => {
    if (!conversationId || !navigator.locks) return
    let looking: AbortController | null = null
    const stop = () => {
      looking?.abort()
      looking = null
    }
    const look = () => {
      stop()
      looking = new AbortController()
      tellOnScreen(conversationId, looking.signal)
    }
    if (document.hasFocus()) look()
    addEventListener('focus', look)
    addEventListener('blur', stop)
    return () => {
      stop()
      removeEventListener('focus', look)
      removeEventListener('blur', stop)
    }
  }, [conversationId])
}
