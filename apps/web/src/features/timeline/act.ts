import type { TextMessage } from '@chatapp/protocol'
import { markUnread, toggleReaction, unsendMessage } from '../../lib/chat/actions.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { copyText } from '../../lib/text/copy.ts'

export function react(message: TextMessage, emoji: string): void {
  toggleReaction(message, emoji).catch(tell)
}

export function unsend(message: TextMessage): void {
  unsendMessage(message.id).catch(tell)
}

export function unread(message: TextMessage): void {
  markUnread(message).catch(tell)
}

export async function copy(text: string, done: string): Promise<void> {
  await copyText(text)
  showNotice(done)
}

export function linkOf({ conversationId, position }: TextMessage): string {
  return `${location.origin}/c/${conversationId}/${position}`
}

function tell(error: unknown): void {
  showNotice(problemText(error))
}
