import type { MailRow } from '../db/schema.ts'
import type { MailContext } from './context.ts'
import { accountContent } from './present.ts'
import type { Letter } from './transport.ts'

/** Written at the last moment, so that nothing of it waits anywhere; undefined when it is not wanted. */
export async function composeMail(
  { users, config }: Pick<MailContext, 'users' | 'config'>,
  { id, kind }: MailRow,
): Promise<Letter | undefined> {
  const { from, replyTo, publicUrl } = config
  const opened = await users.openMail(id)
  if (!opened) return undefined
  return {
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    to: opened.mailbox.address,
    ...{ from, replyTo },
    ...accountContent(kind, opened, publicUrl),
    headers: AUTOMATIC,
  }
}

/** No vacation notice answers (RFC 3834, and Exchange's own way). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
