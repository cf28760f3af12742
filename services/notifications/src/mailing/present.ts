import type { AccountMail, AccountMailKind } from '@chatapp/protocol'
import { textsFor } from './texts.ts'
import type { Letter } from './transport.ts'

/** What a mail says, in both forms. */
export type Content = Pick<Letter, 'subject' | 'text' | 'html'>

/** Pages of the web client; what follows # stays out of the logs of servers. */
const PAGES: Record<AccountMailKind, string | null> = {
  'password-reset': '/reset-password#',
  'email-verification': '/verify-email#',
  'email-changed': null,
}

export function accountContent(
  kind: AccountMailKind,
  { mailbox, token }: AccountMail,
  publicUrl: string,
): Content {
  const texts = textsFor(mailbox.language)
  const { subject, before, link, after } = texts.account[kind](mailbox.username)
  const page = PAGES[kind]
  const url = page !== null && token !== null ? `${publicUrl}${page}${token}` : null
  const hello = texts.hello(mailbox.displayName)
  return {
    subject,
    text: plain([hello, ...before, ...(url ? [url] : []), ...after], texts.noReply),
    html: layOut([
      ...[hello, ...before].map(paragraph),
      ...(url && link ? [button(url, link)] : []),
      ...after.map(paragraph),
      note(texts.noReply),
    ]),
  }
}

/** "-- " begins what mail programs show apart. */
const plain = (paragraphs: string[], below: string) =>
  `${[...paragraphs, `-- \n${below}`].join('\n\n')}\n`

const paragraph = (text: string) => `<p>${escaped(text)}</p>`

const note = (text: string) => `<p style="color:#6b7280;font-size:13px">${escaped(text)}</p>`

const button = (url: string, label: string) =>
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

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
