import { chat } from '../../lib/chat/store.ts'
import { useNotificationSettings } from '../../lib/notifications/settings.ts'
import { isQuietTime, isStillNews, type News, newsSince } from './news.ts'
import { becomeNotifier, isOnScreen } from './tabs.ts'
import { wordsOf } from './words.ts'

/** So long a tab or another device has to say that it is read there. */
export const SETTLING_MS = 500

export type OpenMessage = (conversationId: string, position: number) => void

/** Shows what is new while this is the tab that notifies. Returns what ends it. */
export function startNotifier(open: OpenMessage): () => void {
  const stopping = new AbortController()
  const shown = new Map<string, { notification: Notification; news: News }>()
  let isMyTurn = false
  becomeNotifier(stopping.signal, () => {
    isMyTurn = true
  })

  async function show(news: News) {
    const { id } = news.conversation
    const { account, hasSound } = useNotificationSettings.getState()
    if (stopping.signal.aborted || !isStill(news) || (await isOnScreen(id))) return
    if (account && isQuietTime(account, Date.now())) return
    const { title, body } = wordsOf(news, account?.payload ?? 'sender')
    // TypeScript does not know `renotify` yet.
    const options: NotificationOptions & { renotify: boolean } = {
      ...{ body, tag: id, renotify: true, icon: '/icon-192.png', silent: !hasSound },
    }
    const notification = new Notification(title, options)
    notification.addEventListener('click', () => {
      notification.close()
      window.focus()
      open(id, news.message.position)
    })
    shown.set(id, { notification, news })
  }

  const unsubscribe = chat.subscribe((now, before) => {
    if (now.conversations === before.conversations) return
    for (const [id, { notification, news }] of shown) {
      if (isStill(news)) continue
      notification.close()
      shown.delete(id)
    }
    if (!isMyTurn) return
    for (const news of newsSince(before, now, Date.now())) {
      // Phones refuse it in a page; they have push.
      setTimeout(() => void show(news).catch(() => {}), SETTLING_MS)
    }
  })
  return () => {
    stopping.abort()
    unsubscribe()
    for (const { notification } of shown.values()) notification.close()
  }
}

/** The message may have been read or unsent meanwhile, here or elsewhere. */
export function isStill({ conversation: { id }, message }: News): boolean {
  const state = chat.getState()
  const conversation = state.conversations[id]
  if (!conversation) return false
  const last = conversation.lastMessage
  const newest = last?.kind === 'text' && last.id === message.id ? last : message
  return isStillNews({ conversation, message: newest }, state, Date.now())
}
