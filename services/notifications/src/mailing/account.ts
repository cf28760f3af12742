import type { AccountMail, AccountMailKind } from '@chatapp/protocol'
import { button, type Content, contentOf, paragraph } from './present.ts'
import { textsFor } from './texts.ts'

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
  const { subject, before, link, after } = textsFor(mailbox.language).account[kind](
    mailbox.username,
  )
  const page = PAGES[kind]
  const url = page !== null && token !== null ? `${publicUrl}${page}${token}` : null
  return contentOf(mailbox, {
    subject,
    text: [...before, ...(url ? [url] : []), ...after],
    html: [
      ...before.map(paragraph),
      ...(url && link ? [button(url, link)] : []),
      ...after.map(paragraph),
    ],
  })
}
