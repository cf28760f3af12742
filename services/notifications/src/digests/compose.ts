import type { Written } from '../mailing/present.ts'
import { getPreferences } from '../preferences/queries.ts'
import { cappedPolicy } from '../pushing/present.ts'
import type { DigestContext } from './context.ts'
import { digestContent } from './present.ts'
import { findToldUntil, noteOffered } from './queries.ts'

/** As everything is now: what was read, unsent or left meanwhile is not in it; undefined: nothing is. */
export async function composeDigest(
  context: DigestContext,
  userId: string,
): Promise<Written | undefined> {
  const { db, sql, config, users, messages, unsubscribing } = context
  const { mail, payloadMax } = config
  const preferences = await getPreferences(db, userId)
  if (!mail || mail.digest === 'off' || !preferences.digest) return undefined
  const [mailbox] = await users.mailboxes([userId])
  if (!mailbox) return undefined
  const backlog = await messages.backlog(userId, await findToldUntil(sql, userId))
  const last = backlog.items.at(-1)
  if (!last) return undefined
  await noteOffered(sql, userId, last.sentAt)
  const unsubscribeUrl = unsubscribing.urlFor(userId, mail.publicUrl)
  const content = digestContent({
    ...{ mailbox, backlog, unsubscribeUrl, publicUrl: mail.publicUrl },
    payload: cappedPolicy(preferences.payload, payloadMax),
  })
  return { to: mailbox.address, ...content, headers: unsubscribeHeaders(unsubscribeUrl) }
}

/** One click is for https only (RFC 8058, 3.1); without it the link leads to the page. */
function unsubscribeHeaders(url: string): Record<string, string> {
  const oneClick = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  return { 'List-Unsubscribe': `<${url}>`, ...(url.startsWith('https:') && oneClick) }
}
