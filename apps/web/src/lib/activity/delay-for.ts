import type { Message } from '@chatapp/protocol'
import type { LiveEvent } from '@chatapp/sdk'
import { whomItAnswers } from '../chat/answers.ts'
import { callsMe } from '../chat/conversations.ts'
import type { ChatState } from '../chat/state.ts'

/** What follows each other this closely is asked about once. */
const GATHER_MS = 300
/** Words are found a moment after the message is there. */
const WORDS_TAKE_MS = 1_500
/** So that not everybody in a large group asks at once. */
const SPREAD_MS_A_MEMBER = 1

type Known = Pick<ChatState, 'self' | 'keywords' | 'conversations' | 'timelines' | 'quoted'>

/** After how long to ask what is for me now; undefined when the event can't have changed that. */
export function delayFor(event: LiveEvent, known: Known): number | undefined {
  switch (event.type) {
    case 'message':
      return delayForMessage(event.message, known)
    case 'edited':
    case 'unsent':
      return event.senderId === known.self?.id ? undefined : GATHER_MS
    case 'receipt':
      return event.kind === 'read' && event.userId === known.self?.id ? GATHER_MS : undefined
    case 'state':
      return event.state.kind === 'online' ? 0 : undefined
    case 'own':
    case 'joined':
    case 'left':
    case 'reset':
      return GATHER_MS
    default:
      return undefined
  }
}

function delayForMessage(message: Message, known: Known): number | undefined {
  if (message.senderId === known.self?.id) return GATHER_MS
  const spread =
    (known.conversations[message.conversationId]?.memberCount ?? 0) *
    SPREAD_MS_A_MEMBER *
    Math.random()
  if (callsMe(message, { ...known, keywords: [] })) return GATHER_MS + spread
  if (mayAnswerMe(message, known)) return GATHER_MS + spread
  return callsMe(message, known) ? WORDS_TAKE_MS : undefined
}

function mayAnswerMe(message: Message, known: Known): boolean {
  const answers = whomItAnswers(message, known)
  return answers === 'me' || answers === 'unknown'
}
