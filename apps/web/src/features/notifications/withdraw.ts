import { chat } from '../../lib/chat/store.ts'
import { findRegistration } from '../../lib/notifications/push.ts'

/** What is read here needs no notification here: the push that says so takes a moment. Returns its end. */
export function withdrawRead(): () => void {
  return chat.subscribe(({ conversations }, before) => {
    if (conversations === before.conversations) return
    for (const [id, { me }] of Object.entries(conversations)) {
      const known = before.conversations[id]
      // What is read as it comes was never pushed.
      if (!known || known.unread === 0 || me.readPosition <= known.me.readPosition) continue
      void closeUpTo(id, me.readPosition)
    }
  })
}

async function closeUpTo(conversationId: string, readPosition: number): Promise<void> {
  const registration = await findRegistration()
  const shown = (await registration?.getNotifications({ tag: conversationId })) ?? []
  for (const notification of shown) {
    // The service worker has put it there.
    const { position } = notification.data as { position: number }
    if (position <= readPosition) notification.close()
  }
}
