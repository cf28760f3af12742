import type { Message } from '@chatapp/protocol'
import type { LiveEventOf } from '@chatapp/sdk'
import { type ChatState, put } from './state.ts'
import { changedMessage } from './timeline.ts'

const KEPT_MAX = 500

export function withQuoted(state: ChatState, message: Message): ChatState {
  const isFull = Object.keys(state.quoted).length >= KEPT_MAX
  return { ...state, quoted: put(isFull ? {} : state.quoted, message.id, message) }
}

/** Quotes follow edits and unsends. */
export function withChangedQuote(
  state: ChatState,
  event: LiveEventOf<'edited' | 'unsent' | 'reaction'>,
): ChatState {
  const known = state.quoted[event.messageId]
  if (!known || known.version > event.version) return state
  const message = event.message ?? changedMessage(known, event)
  return { ...state, quoted: put(state.quoted, event.messageId, message) }
}
