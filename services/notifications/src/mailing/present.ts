import type { Mailbox } from '@chatapp/protocol'
import { textsFor } from './texts.ts'
import type { Letter } from './transport.ts'

/** What a mail says, in both forms. */
export type Content = Pick<Letter, 'subject' | 'text' | 'html'>

/** What a mail says, and to whom. */
export type Written = Content & Pick<Letter, 'to' | 'headers'>

/** Paragraphs, which in HTML are elements already. */
interface Said {
  subject: string
  text: string[]
  html: string[]
  /** Why it came, below it. */
  below?: { text: string; html: string }
}

/** With a greeting before it, and below it that nobody reads an answer. */
export function contentOf(
  { language, displayName }: Pick<Mailbox, 'language' | 'displayName'>,
  { subject, text, html, below }: Said,
): Content {
  const { hello, noReply } = textsFor(language)
  const greeting = hello(displayName)
  const ending = [...(below ? [below.text] : []), noReply].join('\n\n')
  return {
    subject,
    // "-- " begins what mail programs show apart.
    text: `${[greeting, ...text, `-- \n${ending}`].join('\n\n')}\n`,
    html: layOut([
      paragraph(greeting),
      ...html,
      ...(below ? [note(below.html)] : []),
      note(escaped(noReply)),
    ]),
  }
}

export const paragraph = (text: string) => `<p>${escaped(text)}</p>`

const note = (html: string) => `<p style="color:#6b7280;font-size:13px">${html}</p>`

export const button = (url: string, label: string) =>
  `<p><a href="${escaped(url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#2f5bd7;color:#ffffff;text-decoration:none">${escaped(label)}</a></p><p style="font-size:13px;word-break:break-all">${escaped(url)}</p>`

/** Colours are left to the reader's program, light or dark; nothing is loaded from anywhere. */
const layOut = (parts: string[]) =>
  `<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></head><body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:560px;margin:0 auto;padding:16px">${parts.join('')}</body></html>`

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escaped = (text: string) =>
  text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
