import type { Message } from '@chatapp/protocol'
import type { ChatState } from './state.ts'
import { findMessage } from './timeline.ts'

/** Whom a message answers; of what is not here nobody knows whose it is. */
export type Answers = 'nobody' | 'me' | 'another' | 'unknown'

export function whomItAnswers(
  { replyTo, conversationId }: Pick<Message, 'replyTo' | 'conversationId'>,
  { self, timelines, quoted }: Pick<ChatState, 'self' | 'timelines' | 'quoted'>,
): Answers {
  if (replyTo === null) return 'nobody'
  const answered = findMessage(timelines[conversationId], replyTo) ?? quoted[replyTo]
  if (!answered) return 'unknown'
  return answered.senderId === self?.id ? 'me' : 'another'
}
