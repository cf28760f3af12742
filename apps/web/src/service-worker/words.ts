import type { PushMessage } from '@chatapp/protocol'
import de from '../lib/i18n/de.json' with { type: 'json' }
import en from '../lib/i18n/en.json' with { type: 'json' }

export type Words = typeof en.notifications

export const wordsIn = (language: string): Words =>
  language === 'de' ? de.notifications : en.notifications

type Message = Extract<PushMessage, { type: 'message' }>
type Summary = Extract<PushMessage, { type: 'summary' }>

/** What was held back is replaced by what may be known: that there is something, and how much. */
export function titleAndBody(
  { title, body, count }: Message,
  words: Words,
): { title: string; body: string } {
  const howMany = countIn(count, words)
  if (title === undefined) return { title: en.app.name, body: howMany }
  if (body === undefined) return { title, body: howMany }
  return { title: count === 1 ? title : fill(words.counted, { title, count: `${count}` }), body }
}

/** Of one conversation it is as of its messages; of several the latest are named. */
export function summaryTitleAndBody(
  { count, conversations, titles }: Summary,
  words: Words,
): { title: string; body: string } {
  const howMany = countIn(count, words)
  if (conversations === 1) return { title: titles?.[0] ?? en.app.name, body: howMany }
  if (titles === undefined) {
    const counts = { count: `${count}`, conversations: `${conversations}` }
    return { title: en.app.name, body: fill(words.inConversations, counts) }
  }
  const names = titles.join(', ')
  const more = conversations - titles.length
  const body = more === 0 ? names : fill(words.andMore, { names, count: `${more}` })
  return { title: howMany, body }
}

const countIn = (count: number, words: Words) =>
  count === 1 ? words.newMessage : fill(words.newMessages, { count: `${count}` })

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap)
}
