import type { NotificationPreferences } from '@chatapp/protocol'
import i18next from 'i18next'
import { chat } from '../../lib/chat/store.ts'
import { plainLine } from '../../lib/text/plain.ts'
import type { News } from './news.ts'

/** As much as the account lets others read over one's shoulder. */
export function wordsOf(
  { conversation, message }: News,
  payload: NotificationPreferences['payload'],
): { title: string; body: string } {
  const newMessage = i18next.t('newMessage', { ns: 'notifications' })
  if (payload === 'none') return { title: i18next.t('name', { ns: 'app' }), body: newMessage }
  const sender = chat.getState().people[message.senderId]?.displayName
  const name = sender ?? i18next.t('somebody', { ns: 'app' })
  const { title: group } = conversation
  const title = group ? i18next.t('fromIn', { ns: 'notifications', name, title: group }) : name
  return { title, body: payload === 'full' ? plainLine(message.data ?? '') : newMessage }
}
