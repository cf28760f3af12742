import { countOnIcon } from './badge.ts'
import { open } from './pages.ts'
import { sendReply } from './reply.ts'
import { shownBy, showUnsent } from './show.ts'

// TypeScript does not know what is written in a notification.
interface NotificationClick extends NotificationEvent {
  reply?: string | null
}

/** Opens the message, or the list where it is about several conversations, or sends the answer that was written in the notification. */
export async function onClick({ notification, reply, action }: NotificationClick): Promise<void> {
  notification.close()
  const shown = shownBy(notification)
  if (!shown) return
  if (!('conversationId' in shown)) return open({ type: 'list' })
  // Where no answer can be written in it, the button is one more way to open the conversation.
  const text = action === 'reply' ? (reply?.trim() ?? '') : ''
  if (text === '') return open({ type: 'open', ...shown })
  try {
    await sendReply(shown.conversationId, text)
  } catch {
    return showUnsent(shown, text)
  }
  await countOnIcon(shown.conversationId)
}
