import { otherPersonId } from '../../lib/chat/select.ts'
import type { ChatConversation, ChatState } from '../../lib/chat/state.ts'
import { chat } from '../../lib/chat/store.ts'

/** Pairs of quotation marks of the language; titles may have some of them in them. */
const QUOTES = [
  ['"', /"/],
  ['«', /»/],
  ['「', /」/],
] as const
const CLOSING = { '"': '"', '«': '»', '「': '」' }
/** What can stand without: no space, and nothing that opens a quotation or a name. */
const BARE = /^[\p{L}\p{N}][^\s"“”„«»「」『』]*$/u

/** A value as it is written behind an operator; undefined for what no quotation marks can hold. */
export function quoted(value: string): string | undefined {
  if (BARE.test(value)) return value
  const free = QUOTES.find(([, closing]) => !closing.test(value))
  return free && `${free[0]}${value}${CLOSING[free[0]]}`
}

/** For searching in one conversation; the caret goes behind it. */
export function queryWithin(conversationId: string): string {
  const state = chat.getState()
  const conversation = state.conversations[conversationId]
  return conversation ? `in:${placeValue(conversation, state)} ` : ''
}

/** What stands behind `in:`: the title, for direct ones the other person; else the id. */
export function placeValue(
  conversation: ChatConversation,
  { self, people }: Pick<ChatState, 'self' | 'people'>,
): string {
  const other = otherPersonId(conversation, self?.id)
  const name = other ? people[other]?.username : conversation.title?.trim()
  const isPlain = name !== undefined && name !== '' && !name.startsWith('@')
  return (isPlain && quoted(name)) || conversation.id
}
