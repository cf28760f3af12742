import type { Conversation, TextMessage } from '@chatapp/protocol'
import type { Answers } from '../chat/answers.ts'

/** The server keeps its decisions for so long. */
const KEPT_MS = 14 * 24 * 3_600_000

interface Circumstances {
  message: Pick<TextMessage, 'sentAt' | 'mentions' | 'mentionsAll'>
  answers: Answers
  conversation:
    | (Pick<Conversation, 'kind'> & { me: Pick<Conversation['me'], 'notify'> })
    | undefined
  selfId: string
  hasDevices: boolean
  now: number
}

/** Why nothing is known of a message: what is neither for me nor wanted is not even decided about. */
export function whyUndecided(
  known: Circumstances,
): 'tooOld' | 'noDevices' | 'notForMe' | 'unknown' {
  const { message, answers, conversation, selfId } = known
  if (known.now - Date.parse(message.sentAt) > KEPT_MS) return 'tooOld'
  if (!known.hasDevices) return 'noDevices'
  const mayAnswerMe = answers === 'me' || answers === 'unknown'
  const calls = message.mentions.includes(selfId) || message.mentionsAll || mayAnswerMe
  const isGroup = conversation?.kind === 'group'
  return isGroup && conversation.me.notify !== 'all' && !calls ? 'notForMe' : 'unknown'
}
