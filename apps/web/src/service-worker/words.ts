import type { PushMessage } from '@chatapp/protocol'
import de from '../lib/i18n/de.json' with { type: 'json' }
import en from '../lib/i18n/en.json' with { type: 'json' }

export type Words = typeof en.notifications

export const wordsIn = (language: string): Words =>
  language === 'de' ? de.notifications : en.notifications

type Message = Extract<PushMessage, { type: 'message' }>

/** What was held back is replaced by what may be known: that there is something, and how much. */
export function titleAndBody(
  { title, body, count }: Message,
  words: Words,
): { title: string; body: string } {
  const howMany = count === 1 ? words.newMessage : fill(words.newMessages, { count: `${count}` })
  if (title === undefined) return { title: en.app.name, body: howMany }
  if (body === undefined) return { title, body: howMany }
  return { title: count === 1 ? title : fill(words.counted, { title, count: `${count}` }), body }
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap)
}
