import type { PushMessage } from '@chatapp/protocol'
import { countOnIcon } from './badge.ts'
import { isInFront } from './pages.ts'
import { close, SUMMARY_TAG, showMessage, showSummary, showTest } from './show.ts'

/**
 * One notification for each conversation, and one for all old news, in place of the one before; gone
 * when it is read elsewhere.
 */
export async function takePush(data: PushMessageData | null): Promise<void> {
  if (!data) return
  // Only our server has the keys, so only it can have written this.
  const message = data.json() as PushMessage
  switch (message.type) {
    case 'message':
      if (await isInFront(message.conversationId)) break
      await showMessage(message)
      await countOnIcon()
      break
    case 'close':
      await close(message.conversationId)
      await countOnIcon(message.conversationId)
      break
    case 'summary':
      await showSummary(message)
      await countOnIcon()
      break
    case 'close-summary':
      await close(SUMMARY_TAG)
      await countOnIcon(SUMMARY_TAG)
      break
    case 'test':
      await showTest()
  }
}
