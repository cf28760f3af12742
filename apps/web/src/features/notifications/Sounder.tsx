import { useEffect } from 'react'
import { chat } from '../../lib/chat/store.ts'
import { useNotificationSettings } from '../../lib/notifications/settings.ts'
import { isQuietTime, type News, newsSince } from './news.ts'
import { isStill, SETTLING_MS } from './notifier.ts'
import { playSound } from './sound.ts'
import { becomeNotifier, isOnScreen } from './tabs.ts'

/** Lets hear what is new where no notification of the system does. Shows nothing in the page. */
export function Sounder() {
  const isWanted = useNotificationSettings(
    ({ hasSound, isOn, permission }) => hasSound && !(isOn && permission === 'granted'),
  )
  useEffect(() => (isWanted && navigator.locks ? startSounding() : undefined), [isWanted])
  return null
}

/** While this is the tab that notifies. Returns what ends it. */
function startSounding(): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  becomeNotifier(signal, () => {
    const stop = chat.subscribe((now, before) => {
      // Of several at once one is heard.
      const last = newsSince(before, now, Date.now()).at(-1)
      if (last) setTimeout(() => void sound(last, signal).catch(() => {}), SETTLING_MS)
    })
    signal.addEventListener('abort', stop)
  })
  return () => stopping.abort()
}

async function sound(news: News, signal: AbortSignal): Promise<void> {
  const { account } = useNotificationSettings.getState()
  if (account && isQuietTime(account, Date.now())) return
  if (!isStill(news) || (await isOnScreen(news.conversation.id)) || signal.aborted) return
  await playSound()
}
