import type { Backlog, Mailbox, MissedMessage, NotificationPreferences } from '@chatapp/protocol'
import { button, type Content, contentOf, escaped, paragraph } from '../mailing/present.ts'
import { kept } from '../pushing/present.ts'
import { type DigestTexts, digestTextsFor } from './texts.ts'

interface Digest {
  mailbox: Mailbox
  backlog: Backlog
  /** How much of it may be said. */
  payload: NotificationPreferences['payload']
  publicUrl: string
  unsubscribeUrl: string
}

/** What was missed in one conversation. */
interface Part {
  heading: string
  lines: string[]
  url: string
}

export function digestContent(digest: Digest): Content {
  const { mailbox, backlog, publicUrl, unsubscribeUrl } = digest
  const texts = digestTextsFor(mailbox.language)
  const parts = partsOf(digest, texts)
  const subject = texts.subject(backlog.count)
  const rest = backlog.count - backlog.items.length
  const more = parts.length > 0 && rest > 0 ? [texts.more(rest)] : []
  const before = parts.length > 0 ? texts.before : `${subject}.`
  return contentOf(mailbox, {
    subject,
    text: [before, ...parts.map(plainPart), ...more, `${texts.open}: ${publicUrl}`],
    html: [
      paragraph(before),
      ...parts.map(htmlPart),
      ...more.map(paragraph),
      button(publicUrl, texts.open),
    ],
    below: {
      text: `${texts.why}\n${unsubscribeUrl}`,
      html: `${escaped(texts.why)} <a href="${escaped(unsubscribeUrl)}">${escaped(texts.end)}</a>`,
    },
  })
}

/** The conversation of the oldest message first. */
function partsOf({ backlog, payload, publicUrl }: Digest, texts: DigestTexts): Part[] {
  if (payload === 'none') return []
  const conversations = Map.groupBy(backlog.items, ({ conversationId }) => conversationId)
  return [...conversations].flatMap(([conversationId, messages]) => {
    const [first] = messages
    if (!first) return []
    const { title, senderName, position } = first
    return {
      heading: title === null || title === '' ? senderName : title,
      lines: payload === 'full' ? messages.map(lineOf) : sendersLine(messages, texts),
      url: `${publicUrl}/c/${conversationId}/${position}`,
    }
  })
}

/** On one line, and as much as a push message has: the rest is where the link leads. */
function lineOf({ title, senderName, text }: MissedMessage): string {
  const shown = kept(text.replaceAll(/\s+/g, ' ').trim())
  return title === null ? shown : `${senderName}: ${shown}`
}

/** Of a direct conversation the heading says it. */
function sendersLine(messages: MissedMessage[], texts: DigestTexts): string[] {
  const names = messages.flatMap(({ title, senderName }) => (title === null ? [] : [senderName]))
  return names.length > 0 ? [texts.from([...new Set(names)].join(', '))] : []
}

const plainPart = ({ heading, lines, url }: Part) =>
  [heading, ...lines.map((line) => `  ${line}`), `  ${url}`].join('\n')

const htmlPart = ({ heading, lines, url }: Part) =>
  `<h2 dir="auto" style="font-size:16px;margin:24px 0 4px"><a href="${escaped(url)}">${escaped(heading)}</a></h2>${lines.map((line) => `<p dir="auto" style="margin:0 0 4px">${escaped(line)}</p>`).join('')}`
