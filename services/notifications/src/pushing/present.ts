import type { NotificationPreferences, PushMessage } from '@chatapp/protocol'
import type { TopicRow } from '../db/schema.ts'
import { type OldNews, SUMMARY } from '../summaries/queries.ts'

type Policy = NotificationPreferences['payload']

/** With these even the worst characters stay below what a push message may have. */
const TITLE_MAX = 80
const BODY_MAX = 400
/** Of a summary; how many more there are is told as well. */
const TITLES_MAX = 3

const policies: Policy[] = ['none', 'sender', 'full']

/** What the receiver has chosen, and no more than the server allows. */
export const cappedPolicy = (chosen: Policy, most: Policy): Policy =>
  policies[Math.min(policies.indexOf(chosen), policies.indexOf(most))] ?? 'none'

export type Shown = Pick<
  TopicRow,
  'state' | 'conversation_id' | 'position' | 'count' | 'title' | 'body'
> & { oldNews: OldNews[] }

export function payloadOf(topic: Shown, policy: Policy): PushMessage {
  if (topic.conversation_id === SUMMARY) return summaryOf(topic, policy)
  const { conversation_id: conversationId, position, count, title, body } = topic
  if (topic.state === 'closing') return { type: 'close', conversationId }
  return {
    type: 'message',
    ...{ conversationId, position, count },
    ...(policy !== 'none' && title !== null && { title: cut(title, TITLE_MAX) }),
    ...(policy === 'full' && body !== null && { body: cut(body, BODY_MAX) }),
  }
}

/** Of old news nobody is told the text: it is where they read the rest. */
function summaryOf({ state, oldNews }: Shown, policy: Policy): PushMessage {
  const [latest, ...others] = oldNews
  if (state === 'closing' || !latest) return { type: 'close-summary' }
  const { conversationId, position } = latest
  const titles = oldNews.slice(0, TITLES_MAX).map(({ title }) => cut(title, TITLE_MAX))
  return {
    type: 'summary',
    count: oldNews.reduce((sum, { count }) => sum + count, 0),
    conversations: oldNews.length,
    ...(policy !== 'none' && { titles }),
    ...(others.length === 0 && { only: { conversationId, position } }),
  }
}

export const kept = (text: string) => cut(text, BODY_MAX)

function cut(text: string, most: number): string {
  const points = [...text.slice(0, most * 2 + 2)]
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : points.join('')
}
