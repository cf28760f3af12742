import type { MailRow } from '../db/schema.ts'
import { accountContent } from './account.ts'
import type { MailContext } from './context.ts'
import type { Written } from './present.ts'
import type { Letter } from './transport.ts'

/** Written at the last moment, so that nothing of it waits anywhere; undefined when it is not wanted. */
export async function composeMail(
  context: Pick<MailContext, 'users' | 'config' | 'composeDigest'>,
  mail: MailRow,
): Promise<Letter | undefined> {
  const { from, replyTo, publicUrl } = context.config
  const written = await write(context, mail)
  return (
    written && {
      ...written,
      ...{ from, replyTo },
      messageId: `<${mail.id}@${new URL(publicUrl).hostname}>`,
      headers: { ...AUTOMATIC, ...written.headers },
    }
  )
}

/** No vacation notice answers (RFC 3834, and Exchange's own way). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

async function write(
  { users, config, composeDigest }: Pick<MailContext, 'users' | 'config' | 'composeDigest'>,
  { id, kind, user_id: userId }: MailRow,
): Promise<Written | undefined> {
  if (kind === 'digest') return composeDigest(userId)
  const opened = await users.openMail(id)
  if (!opened) return undefined
  return {
    ...{ to: opened.mailbox.address, headers: {} },
    ...accountContent(kind, opened, config.publicUrl),
  }
}
