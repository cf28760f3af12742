import { ChatError, type WebhookEvent } from '@chatapp/protocol'
import { problemText } from '../../../lib/i18n/problem-text.ts'

/** What the server says is precise: it names what is wrong and what is allowed there. */
export function wordsOf(error: unknown): string {
  return error instanceof ChatError && !error.isRetryable ? error.message : problemText(error)
}

/** Texts of the namespace `integrations`, in the order in which they are offered. */
export const EVENT_TEXTS = {
  'message.created': 'messageCreated',
  'message.edited': 'messageEdited',
  'message.unsent': 'messageUnsent',
  'member.joined': 'memberJoined',
  'member.left': 'memberLeft',
} as const satisfies Record<WebhookEvent, string>
