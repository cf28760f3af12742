import type { NotificationPreferences, TextMessage } from '@chatapp/protocol'
import { whomItAnswers } from '../../lib/chat/answers.ts'
import { callsMe } from '../../lib/chat/conversations.ts'
import type { ChatConversation, ChatState } from '../../lib/chat/state.ts'

export interface News {
  conversation: ChatConversation
  message: TextMessage
}

/** The newest messages of others that came since, where I want to be told. */
export function newsSince(before: ChatState, now: ChatState, at: number): News[] {
  // What was missed while the page was closed is in the list; it is no news.
  if (before.loaded !== 'live' || before.conversations === now.conversations) return []
  return Object.values(now.conversations).flatMap((conversation) => {
    const known = before.conversations[conversation.id]
    const message = conversation.lastMessage
    if (known === conversation || message?.kind !== 'text') return []
    if (message.position <= (known?.lastPosition ?? 0)) return []
    const isMine = message.senderId === now.self?.id
    const news = { conversation, message }
    return isMine || !isStillNews(news, now, at) ? [] : [news]
  })
}

/** Not read meanwhile, not unsent, not muted. */
export function isStillNews(
  { conversation, message }: News,
  state: ChatState,
  at: number,
): boolean {
  const { readPosition, notify, mutedUntil } = conversation.me
  if (message.position <= readPosition || message.unsentAt !== null) return false
  if (mutedUntil !== null && Date.parse(mutedUntil) > at) return false
  return notify === 'all' || (notify === 'mentions' && isForMe({ conversation, message }, state))
}

/** As the server has it: what is said to me alone, calls me, or answers me. */
const isForMe = ({ conversation, message }: News, state: ChatState): boolean =>
  conversation.kind === 'direct' ||
  callsMe(message, state) ||
  whomItAnswers(message, state) === 'me'

/** Within the hours in which the account wants quiet, in the zone it named. */
export function isQuietTime({ doNotDisturb }: NotificationPreferences, at: number): boolean {
  if (!doNotDisturb) return false
  const { from, to, timeZone } = doNotDisturb
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  const clock = new Intl.DateTimeFormat('en-GB', options).format(at)
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to
}
